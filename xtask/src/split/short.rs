//! Short names for what the wasm and its glue call each other: wasm-bindgen's are long, and end in
//! hashes that do not compress.

use super::module::Module;
use std::collections::BTreeMap;

/// How wasm-bindgen's own names begin.
const LONG: [&str; 4] = ["__wbg_", "__wbindgen_", "__externref_", "wasm_bindgen_"];

/// The short name of each long one.
pub struct Short(BTreeMap<String, String>);

impl Short {
    /// For the imports and exports of a module.
    pub fn of(module: &Module) -> Short {
        let imported = module.imports.iter().map(|import| import.name);
        let names = imported.chain(module.exports.iter().map(|export| export.name));
        let mut short = Short(BTreeMap::new());
        for name in names.filter(|name| LONG.iter().any(|long| name.starts_with(long))) {
            let number = short.0.len();
            short.0.entry(name.to_owned()).or_insert_with(|| format!("_{number:x}"));
        }
        // What the imports come from, as the glue calls itself.
        for import in &module.imports {
            short.0.insert(import.module.to_owned(), "_".to_owned());
        }
        short
    }

    /// Renames what the module imports and exports.
    pub fn rename<'a>(&'a self, module: &mut Module<'a>) {
        for import in &mut module.imports {
            (import.module, import.name) = (self.get(import.module), self.get(import.name));
        }
        for export in &mut module.exports {
            export.name = self.get(export.name);
        }
    }

    fn get<'a>(&'a self, name: &'a str) -> &'a str {
        self.0.get(name).map_or(name, String::as_str)
    }

    /// The glue with the short names. A name stands in it between characters that no name has.
    pub fn in_glue(&self, glue: &str) -> String {
        let is_of_name = |c: char| c.is_ascii_alphanumeric() || "_$./-".contains(c);
        let mut told = String::with_capacity(glue.len());
        for word in glue.split_inclusive(|c| !is_of_name(c)) {
            let name = word.trim_end_matches(|c| !is_of_name(c));
            if self.0.contains_key(name) {
                told += self.get(name);
            } else {
                let parts: Vec<&str> = name.split('.').map(|part| self.get(part)).collect();
                told += &parts.join(".");
            }
            told += &word[name.len()..];
        }
        told
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_glue_keeps_everything_but_the_names() {
        let names = [("__wbg_call_12", "_0"), ("__wbindgen_free", "_1"), ("./w_bg.js", "_")];
        let short = Short(names.map(|(long, short)| (long.to_owned(), short.to_owned())).into());
        let glue = "{ __wbg_call_12: (a) => w.__wbindgen_free.set(a, __wbg_call_123), x.y() }\n\
                    \"./w_bg.js\": ...import0; .5 + /re/g";
        let expected = "{ _0: (a) => w._1.set(a, __wbg_call_123), x.y() }\n\
                        \"_\": ...import0; .5 + /re/g";
        assert_eq!(short.in_glue(glue), expected);
    }
}
