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
  // The wasm comes in two modules; web/src/rest.rs tells why. The first one's exports name the
  // file of the rest. Without such a name the module is whole.
  var first = null;
  var arriving = null;

  function restAddress() {
    var mark = "~rest:";
    var names = Object.keys(first || {});
    for (var i = 0; i < names.length; i += 1) {
      if (names[i].indexOf(mark) === 0 && first[names[i]].value === 0) {
        return new URL(names[i].slice(mark.length), address("data-wasm")).href;
      }
    }
    return null;
  }

  // The rest marks itself as arrived; whichever way is second then has nothing to do.
  function join(module) {
    if (restAddress() !== null) {
      new WebAssembly.Instance(module, { first: first });
    }
  }

  function fetchRest() {
    var from = restAddress();
    if (from === null) {
      return Promise.resolve();
    }
    arriving =
      arriving ||
      fetch(from)
        .then(function (response) {
          if (!response.ok) {
            throw new Error(from + ": " + response.status);
          }
          return response.arrayBuffer();
        })
        .then(WebAssembly.compile)
        .then(join)
        .catch(function (error) {
          arriving = null;
          throw error;
        });
    return arriving;
  }

  // Called from the middle of a computation, so it cannot wait but this way.
  function loadRest() {
    var from = restAddress();
    if (from === null) {
      return;
    }
    var request = new XMLHttpRequest();
    request.open("GET", from, false);
    request.overrideMimeType("text/plain; charset=x-user-defined");
    try {
      request.send();
      if (request.status !== 200) {
        throw new Error(from + ": " + request.status);
      }
      var text = request.responseText;
      var bytes = new Uint8Array(text.length);
      for (var i = 0; i < text.length; i += 1) {
        bytes[i] = text.charCodeAt(i);
      }
      join(new WebAssembly.Module(bytes));
    } catch (error) {
      document.body.append(boot);
      fail(reason(), error);
      throw error;
    }
  }

  // Whoever touches the page is likely to want more than its first lesson.
  function fetchRestOnce() {
    removeEventListener("pointerdown", fetchRestOnce, true);
    removeEventListener("keydown", fetchRestOnce, true);
    fetchRest().catch(function () {});
  }

  function isFirstLesson() {
    return location.hash === "" || location.hash === "#/raft/caiyang";
  }

  self.netsplitRest = {
    begin: function (exports) {
      first = exports;
      if (!isFirstLesson()) {
        return fetchRest();
      }
      addEventListener("pointerdown", fetchRestOnce, true);
      addEventListener("keydown", fetchRestOnce, true);
      return Promise.resolve();
    },
    load_rest: loadRest,
  };

  var boot = document.getElementById("boot");
  import(address("data-js"))
    .then(function (bindings) {
      return bindings.default({ module_or_path: address("data-wasm") });
    })
    .then(function () {
      return fetchRest.wanted;
    })
    .then(function () {
      boot.remove();
    })
    .catch(function (error) {
      fail(reason(), error);
    });
})();
