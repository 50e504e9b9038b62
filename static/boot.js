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
  var boot = document.getElementById("boot");

  // Whether more is wanted than the first lesson as it stands at first.
  var FIRST = /^(#\/(raft\/caiyang)?(&(lang|theme|speed|embed)(=[^&]*)?)*)?$/;
  var isWanted = !FIRST.test(location.hash);

  // The wasm comes in two modules; web/src/rest.rs tells why. An export of the first one names the
  // file of the rest, and counts to 1 when that has arrived. Without it the module is whole.
  var MARK = "~rest:";
  var first = {};
  var arriving = null;
  var onHere;
  var here = new Promise(function (resolve) {
    onHere = resolve;
  });

  function restAddress() {
    var name = Object.keys(first).find(function (name) {
      return name.startsWith(MARK);
    });
    var missing = name !== undefined && first[name].value === 0;
    return missing ? new URL(name.slice(MARK.length), address("data-wasm")).href : null;
  }

  // Whichever way was slower has nothing left to do.
  function join(module) {
    if (restAddress() !== null) {
      new WebAssembly.Instance(module, { first: first });
    }
    onHere();
  }

  function fetchRest() {
    var from = restAddress();
    if (from === null) {
      onHere();
      return here;
    }
    if (arriving !== null) {
      return arriving;
    }
    arriving = fetch(from)
      .then(function (response) {
        if (!response.ok) {
          throw new Error(from + ": " + response.status);
        }
        return response.arrayBuffer();
      })
      .then(WebAssembly.compile)
      .then(join);
    arriving.catch(function () {
      arriving = null;
    });
    return arriving;
  }

  // Called by a function that is missing, in the middle of its work: it cannot wait but so.
  function loadRest() {
    var from = restAddress();
    if (from === null) {
      return;
    }
    try {
      var request = new XMLHttpRequest();
      request.open("GET", from, false);
      request.overrideMimeType("text/plain; charset=x-user-defined");
      request.send();
      if (request.status !== 200) {
        throw new Error(from + ": " + request.status);
      }
      var bytes = Uint8Array.from(request.responseText, function (character) {
        return character.charCodeAt(0);
      });
      join(new WebAssembly.Module(bytes));
    } catch (error) {
      document.body.append(boot);
      fail("load", error);
      throw error;
    }
  }

  // Somebody is here, and soon wants more than what stands there at first. A click or a key that
  // needs it waits, and is made again when it has come; what leads to a click is not told.
  var SIGNS = ["pointerdown", "pointermove", "touchstart", "wheel", "keydown", "click", "message"];
  var QUIET = (
    "pointerdown pointerup pointermove pointerover pointerout pointerenter pointerleave " +
    "mousedown mouseup mousemove mouseover mouseout mouseenter mouseleave touchstart touchend " +
    "wheel focus blur focusin focusout keyup"
  ).split(" ");
  // How long a press waits at most, in milliseconds.
  var PATIENCE = 8000;
  // What is fetched beside the rest: styles, and words by the page itself.
  var pending = 0;
  var onComplete;
  var complete = new Promise(function (resolve) {
    onComplete = resolve;
  });

  function completed() {
    listen(removeEventListener);
    onComplete();
  }

  function settled() {
    pending -= 1;
    if (pending === 0) {
      completed();
    }
  }

  function fetchStyles() {
    var styles = document.createElement("link");
    styles.rel = "stylesheet";
    styles.href = new URL("later.css", document.baseURI).href;
    styles.onload = settled;
    styles.onerror = settled;
    pending += 1;
    document.head.append(styles);
  }

  function come() {
    if (isWanted) {
      return;
    }
    isWanted = true;
    fetchStyles();
    fetchRest().catch(completed);
    setTimeout(completed, PATIENCE);
  }

  // What begins on the stage may be a stroke, which cannot be made again: it fetches the rest.
  function skip(event) {
    if (event.type !== "pointerdown" || !event.target.closest(".stage")) {
      event.stopImmediatePropagation();
    }
  }

  function hold(event) {
    event.preventDefault();
    event.stopImmediatePropagation();
    complete.then(function () {
      event.target.dispatchEvent(new event.constructor(event.type, event));
    });
  }

  // What the browser itself does for a key it does not do again: move the focus, press a button,
  // type, reload.
  function holdKey(event) {
    var isOurs = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key === "Tab") {
      skip(event);
    } else if (isOurs && event.target === document.body) {
      hold(event);
    }
  }

  // Before anything else hears of it; `how` is addEventListener or its opposite.
  function listen(how) {
    SIGNS.forEach(function (kind) {
      how(kind, come, true);
    });
    QUIET.forEach(function (kind) {
      how(kind, skip, true);
    });
    how("click", hold, true);
    how("keydown", holdKey, true);
  }

  // What wasm calls; web/src/rest.rs says what each is for.
  self.netsplitRest = {
    begin: function (exports) {
      first = exports;
      if (isWanted) {
        fetchStyles();
        return fetchRest();
      }
      listen(addEventListener);
      return Promise.resolve();
    },
    is_wanted: function () {
      return isWanted;
    },
    arrival: function () {
      pending += 1;
      return here;
    },
    is_settled: settled,
    load_rest: loadRest,
    complete: complete,
  };

  import(address("data-js"))
    .then(function (bindings) {
      return bindings.default({ module_or_path: address("data-wasm") });
    })
    .then(function () {
      // If the rest does not arrive so, it is asked for once more, and that says when it fails.
      return arriving && arriving.catch(function () {});
    })
    .then(function () {
      if (boot.className === "boot") {
        boot.remove();
      }
    })
    .catch(function (error) {
      fail(reason(), error);
    });
})();
