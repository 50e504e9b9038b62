// <netsplit-lab scenario="/raft/caiyang" lang="zh-CN" theme="dark" hide="lesson,link" speed="1/20">
//   <a href="..."><img src="..." alt="..."></a>
// </netsplit-lab>
//
// A running cluster as a figure. Its body is what readers see where this script does not run.
// The figure lies beside this file unless `src` names another page of Netsplit.
(function () {
  "use strict";

  var VERSION = 1;
  var HEIGHT = 520;
  // Sent by the page in the frame, and passed on as an event of the same name.
  var EVENTS = ["ready", "step", "prediction", "verdict", "goal", "error"];
  var script = document.currentScript && document.currentScript.src;
  var home = new URL("./", script || document.baseURI).href;

  function address(lab) {
    var page = new URL(lab.getAttribute("src") || home, document.baseURI);
    var query = ["embed"];
    ["lang", "theme", "hide", "speed"].forEach(function (name) {
      var value = lab.getAttribute(name);
      if (value) {
        query.push(name + "=" + encodeURIComponent(value));
      }
    });
    page.search = "?" + query.join("&");
    page.hash = (lab.getAttribute("scenario") || "").replace(/^#/, "");
    return page;
  }

  class NetsplitLab extends HTMLElement {
    static get observedAttributes() {
      return ["scenario", "src", "lang", "theme", "hide", "speed"];
    }

    connectedCallback() {
      if (this.frame) {
        return;
      }
      var lab = this;
      this.questions = new Map();
      this.asked = 0;
      this.listener = function (event) {
        lab.hear(event);
      };
      window.addEventListener("message", this.listener);
      this.show();
    }

    disconnectedCallback() {
      window.removeEventListener("message", this.listener);
      if (this.frame) {
        this.frame.remove();
        this.frame = null;
      }
    }

    attributeChangedCallback(name, before, now) {
      if (!this.frame || before === now) {
        return;
      }
      if (name === "theme") {
        this.send({ type: "set-theme", theme: now || "auto" });
      } else if (name === "lang" && now) {
        this.send({ type: "set-lang", lang: now });
      } else if (name === "scenario" && this.isReady) {
        this.load(now || "");
      } else {
        this.frame.src = address(this).href;
      }
    }

    // The body stays in the document for readers without scripts, and for printing.
    show() {
      var page = address(this);
      var frame = document.createElement("iframe");
      var shadow = this.shadowRoot || this.attachShadow({ mode: "open" });
      this.origin = page.origin;
      this.isReady = false;
      frame.title = this.getAttribute("title") || this.textContent.trim() || "Netsplit";
      frame.loading = "lazy";
      frame.allow = "fullscreen; clipboard-write";
      frame.width = "100%";
      frame.height = this.getAttribute("height") || HEIGHT;
      frame.setAttribute("frameborder", "0");
      frame.src = page.href;
      shadow.replaceChildren(frame);
      this.frame = frame;
    }

    hear(event) {
      var message = event.data;
      if (!this.frame || event.source !== this.frame.contentWindow) {
        return;
      }
      // A sandboxed figure has no origin of its own.
      if (event.origin !== this.origin && event.origin !== "null") {
        return;
      }
      if (!message || message.netsplit !== VERSION) {
        return;
      }
      if (message.type === "resize") {
        if (!this.hasAttribute("height")) {
          this.frame.height = Math.max(240, Math.min(2000, Number(message.height) || HEIGHT));
        }
      } else if (message.type === "link") {
        var answer = this.questions.get(message.id);
        this.questions.delete(message.id);
        if (answer) {
          answer(message.href || null);
        }
      } else if (EVENTS.indexOf(message.type) >= 0) {
        this.isReady = this.isReady || message.type === "ready";
        this.dispatchEvent(new CustomEvent(message.type, { detail: message, bubbles: true }));
      }
    }

    send(message) {
      if (this.frame && this.frame.contentWindow) {
        message.netsplit = VERSION;
        // Nothing sent is a secret, and a sandboxed frame has no origin to name.
        this.frame.contentWindow.postMessage(message, "*");
      }
    }

    load(scenario) {
      this.send({ type: "load", scenario: String(scenario) });
    }

    play() {
      this.send({ type: "play" });
    }

    pause() {
      this.send({ type: "pause" });
    }

    seek(milliseconds) {
      this.send({ type: "seek", at: Number(milliseconds) });
    }

    act(line) {
      this.send({ type: "act", line: String(line) });
    }

    getLink() {
      var lab = this;
      return new Promise(function (answer) {
        lab.asked += 1;
        lab.questions.set(lab.asked, answer);
        lab.send({ type: "get-link", id: lab.asked });
      });
    }
  }

  if (window.customElements && !customElements.get("netsplit-lab")) {
    customElements.define("netsplit-lab", NetsplitLab);
  }
})();
