// Starts the page. A classic script on purpose: where a sandboxed frame may not load modules,
// it still runs and says so.
(function () {
  "use strict";

  // Trunk writes the names of this build's files on the script's own element.
  var script = document.currentScript;

  // In a sandboxed frame a script has no base of its own, so addresses are the page's.
  function address(name) {
    return new URL(script.getAttribute(name), document.baseURI).href;
  }

  var reasons = {
    old: {
      en: "This browser cannot run WebAssembly, or it is switched off here.",
      "zh-CN": "这个浏览器不支持 WebAssembly，或者它在这里被关闭了。",
    },
    sandbox: {
      en:
        "This frame is sandboxed, and the playground's host does not send " +
        "Access-Control-Allow-Origin: it cannot load here.",
      "zh-CN":
        "页面嵌在沙盒框架里，而它所在的服务器没有发送 " +
        "Access-Control-Allow-Origin，所以无法在这里加载。",
    },
    file: {
      en: "Opened from a file. Browsers load modules only from a server: cargo xtask serve is one.",
      "zh-CN": "页面是直接从文件打开的。浏览器只从服务器加载模块：可以运行 cargo xtask serve。",
    },
    load: {
      en:
        "A part of the playground did not arrive. Reload the page; if it fails again, " +
        "the site may be changing at this moment.",
      "zh-CN": "有一部分文件没有下载成功。请刷新页面；如果还是不行，可能网站正在更新。",
    },
  };

  function fail(reason, error) {
    console.error("Netsplit did not start:", error);
    var notice = document.getElementById("boot-failed");
    var lines = notice.querySelectorAll("[data-why]");
    for (var i = 0; i < lines.length; i += 1) {
      lines[i].textContent = reasons[reason][lines[i].getAttribute("data-why")];
    }
    var links = notice.querySelectorAll("a");
    for (var j = 0; j < links.length; j += 1) {
      links[j].href = document.location.href;
    }
    document.getElementById("boot").className = "boot boot-has-failed";
  }

  // An origin of "null" is a file, or a sandbox without `allow-same-origin`.
  function reason() {
    if (location.protocol === "file:") {
      return "file";
    }
    return self.origin === "null" ? "sandbox" : "load";
  }

  if (typeof WebAssembly !== "object") {
    fail("old", "WebAssembly is missing");
    return;
  }
  import(address("data-js"))
    .then(function (bindings) {
      return bindings.default({ module_or_path: address("data-wasm") });
    })
    .then(function () {
      document.getElementById("boot").remove();
    })
    .catch(function (error) {
      fail(reason(), error);
    });
})();
