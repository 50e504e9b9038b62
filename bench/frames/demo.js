import init from "./netsplit-web.js";

init();
