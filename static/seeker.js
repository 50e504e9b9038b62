// A worker that searches with the page's own wasm. The page sends where its script and wasm are,
// and what is sought; web/src/explore/worker.rs does the rest.
const MARK = "~rest:";

function missing(exports) {
  const name = Object.keys(exports).find((name) => name.startsWith(MARK));
  return name !== undefined && exports[name].value === 0 ? name.slice(MARK.length) : null;
}

self.onmessage = async ({ data: [script, wasm, asked] }) => {
  self.netsplitAsked = asked;
  // What boot.js is to the page: everything is wanted at once.
  self.netsplitRest = {
    async begin(exports) {
      const name = missing(exports);
      if (name !== null) {
        const response = await fetch(new URL(name, wasm));
        const module = await WebAssembly.compile(await response.arrayBuffer());
        new WebAssembly.Instance(module, { first: exports });
      }
    },
    is_wanted: () => true,
    arrival: async () => {},
    is_settled() {},
    load_rest() {},
  };
  try {
    const bindings = await import(script);
    await bindings.default({ module_or_path: wasm });
  } catch (error) {
    // An error of a promise does not reach the page by itself.
    setTimeout(() => {
      throw error;
    });
  }
};
