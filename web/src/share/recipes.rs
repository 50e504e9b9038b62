//! What to paste into course notes, by tool.

/// What there is to paste.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Links {
    /// The page.
    pub page: String,
    /// The page as a figure.
    pub frame: String,
    /// A picture of it.
    pub picture: String,
    /// Where embed.js lies.
    pub script: String,
    /// What the element opens: the fragment of the address, without its `#`.
    pub scenario: String,
    /// What it is called.
    pub title: String,
    /// The language of the figure, where one was asked for.
    pub locale: Option<&'static str>,
    /// The theme, where one was asked for.
    pub theme: Option<&'static str>,
    /// The height of the frame in CSS pixels.
    pub height: u32,
}

/// The tools in the order of the tabs: key, and what it is called.
pub const TOOLS: [(&str, &str); 11] = [
    ("iframe", "iframe"),
    ("markdown", "Markdown"),
    ("element", "<netsplit-lab>"),
    ("mdbook", "mdBook"),
    ("myst", "MyST"),
    ("sphinx", "Sphinx"),
    ("mkdocs", "MkDocs"),
    ("hugo", "Hugo"),
    ("docusaurus", "Docusaurus"),
    ("reveal", "reveal.js"),
    ("quarto", "pandoc, Quarto"),
];

/// The text to paste for a tool.
pub fn recipe(tool: &str, links: &Links) -> String {
    match tool {
        "markdown" => links.markdown(),
        "element" => links.element(),
        "myst" => links.myst(),
        "sphinx" => links.sphinx(),
        "hugo" => links.hugo(),
        "reveal" => links.reveal(),
        "quarto" => links.quarto(),
        "url" => links.page.clone(),
        "docusaurus" | "mdbook" | "mkdocs" => links.iframe(),
        _ => links.iframe(),
    }
}

impl Links {
    /// A frame with the attributes that every tool lets through, and no others.
    fn iframe(&self) -> String {
        self.frame_with("src")
    }

    fn frame_with(&self, src: &str) -> String {
        format!(
            "<iframe {src}=\"{}\" title=\"{}\" width=\"100%\" height=\"{}\" loading=\"lazy\" \
             allow=\"fullscreen; clipboard-write\" frameborder=\"0\"></iframe>",
            attribute(&self.frame),
            attribute(&self.title),
            self.height
        )
    }

    fn markdown(&self) -> String {
        format!("[![{}]({})]({})", label(&self.title), self.picture, address(&self.page))
    }

    fn element(&self) -> String {
        let mut element = format!("<netsplit-lab scenario=\"{}\"", attribute(&self.scenario));
        if let Some(locale) = self.locale {
            element += &format!(" lang=\"{locale}\"");
        }
        if let Some(theme) = self.theme {
            element += &format!(" theme=\"{theme}\"");
        }
        format!(
            "<script async src=\"{}\"></script>\n{element}>\n  <a href=\"{}\"><img src=\"{}\" \
             alt=\"{}\"></a>\n</netsplit-lab>",
            attribute(&self.script),
            attribute(&self.page),
            attribute(&self.picture),
            attribute(&self.title)
        )
    }

    fn myst(&self) -> String {
        format!(
            "```{{iframe}} {}\n:width: 100%\n:title: {}\n:placeholder: netsplit.svg\n```\n\n[{}]({})",
            self.frame,
            one_line(&self.title),
            label(&self.title),
            address(&self.page)
        )
    }

    fn sphinx(&self) -> String {
        format!(
            ".. only:: html\n\n   .. raw:: html\n\n      {}\n\n.. only:: not html\n\n   `{} <{}>`_",
            self.iframe(),
            one_line(&self.title).replace(['`', '<'], "'"),
            self.page
        )
    }

    fn hugo(&self) -> String {
        format!(
            "<!-- layouts/shortcodes/netsplit.html, once: -->\n<iframe src=\"{{{{ .Get \"src\" }}}}\" \
             title=\"{{{{ .Get \"title\" }}}}\" width=\"100%\" height=\"{}\" loading=\"lazy\" \
             allow=\"fullscreen; clipboard-write\" frameborder=\"0\"></iframe>\n\n<!-- then, in a \
             page: -->\n{{{{< netsplit src=\"{}\" title=\"{}\" >}}}}",
            self.height,
            self.frame,
            one_line(&self.title).replace('"', "'")
        )
    }

    fn reveal(&self) -> String {
        format!("<section>\n  {}\n</section>", self.frame_with("data-src"))
    }

    fn quarto(&self) -> String {
        format!(
            "::: {{.content-visible when-format=\"html\"}}\n```{{=html}}\n{}\n```\n:::\n\n::: \
             {{.content-visible unless-format=\"html\"}}\n{}\n:::",
            self.iframe(),
            self.markdown()
        )
    }
}

/// Safe between the quotes of an attribute.
fn attribute(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('"', "&quot;");
    one_line(&text.replace('<', "&lt;").replace('>', "&gt;"))
}

/// Safe between the brackets of a Markdown link.
fn label(text: &str) -> String {
    let mut out = String::new();
    for c in one_line(text).chars() {
        if "[]\\!<>`*_".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// An address that a Markdown link may hold.
fn address(text: &str) -> String {
    text.replace('(', "%28").replace(')', "%29").replace(' ', "%20")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links() -> Links {
        Links {
            page: "https://h.example/#/raft/caiyang+at_1_heal(x)&t=5".into(),
            frame: "https://h.example/?embed#/raft/caiyang&t=5".into(),
            picture: "https://h.example/figure.svg".into(),
            script: "https://h.example/embed.js".into(),
            scenario: "/raft/caiyang&t=5".into(),
            title: "A \"<b>\" [x]".into(),
            locale: Some("zh-CN"),
            theme: None,
            height: 520,
        }
    }

    #[test]
    fn no_title_escapes_from_its_quotes() {
        for (tool, _) in TOOLS {
            let text = recipe(tool, &links());
            assert!(
                !text.contains("<b>") || tool == "markdown" || !text.contains("\"<b>"),
                "{tool}"
            );
        }
        let frame = recipe("iframe", &links());
        assert!(frame.contains("title=\"A &quot;&lt;b&gt;&quot; [x]\""), "{frame}");
        assert!(frame.contains("embed#/raft/caiyang&amp;t=5"));
        assert!(!frame.contains("style"));
    }

    #[test]
    fn markdown_keeps_brackets_and_parentheses_apart() {
        let text = recipe("markdown", &links());
        assert!(text.starts_with("[![A \"\\<b\\>\" \\[x\\]](https://h.example/figure.svg)]("));
        assert!(text.ends_with("heal%28x%29&t=5)"));
    }

    #[test]
    fn the_element_carries_what_was_asked_for() {
        let text = recipe("element", &links());
        assert!(text.contains("scenario=\"/raft/caiyang&amp;t=5\" lang=\"zh-CN\">"));
        assert!(!text.contains("theme="));
    }
}
