//! Share links: what was once published is read for ever, and what is damaged is named.

use netsplit_core::protocols::ALL;
use netsplit_core::scenario::Scenario;
use netsplit_core::scenario::link::{
    Address, LinkError, Subject, decode, encode, join_lines, short_digest, split_lines,
};
use proptest::prelude::*;

/// Links that somebody may have sent, and the texts in them. Append only.
const PUBLISHED: &str = include_str!("links/v1.txt");
/// Links that nobody made, and the keys of what is said of them.
const DAMAGED: &str = include_str!("links/damaged.txt");
const DICTIONARY: &[u8] = include_bytes!("../src/scenario/link/dictionary-1.txt");

fn text_of(fragment: &str) -> Result<String, LinkError> {
    match Address::parse(fragment)?.subject {
        Subject::Text(text) => Ok(text),
        other => panic!("{fragment} is {other:?}"),
    }
}

#[test]
fn published_links_are_read_for_ever() {
    let mut count = 0;
    for block in PUBLISHED.split("\n----\n").filter(|block| !block.trim().is_empty()) {
        let (link, text) = block.split_once('\n').expect("a link and its text");
        assert_eq!(text_of(link).as_deref(), Ok(text), "{link}");
        count += 1;
    }
    assert!(count >= 20, "{count} links");
}

/// Every published link is read with this dictionary: a changed letter breaks them all.
#[test]
fn the_dictionary_is_frozen() {
    let sum = DICTIONARY.iter().fold(0xcbf2_9ce4_8422_2325u64, |sum, byte| {
        (sum ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3)
    });
    assert_eq!(
        (DICTIONARY.len(), sum),
        (3938, 0xcde7_95f0_a4c4_4ff2),
        "dictionary-1.txt must never change"
    );
}

#[test]
fn damaged_links_are_named() {
    for line in DAMAGED.lines().filter(|line| !line.starts_with("# ")) {
        let (key, fragment) = line.split_once('\t').expect("key and fragment");
        let error = Address::parse(fragment).expect_err(fragment);
        assert_eq!(error.key(), key, "{fragment}");
    }
}

#[test]
fn no_piece_of_a_link_passes_for_the_whole() {
    let link = encode("system raft end=2000\nat 500 crash leader\n");
    for end in 0..link.len() {
        assert!(decode(&link[..end]).is_err(), "{end}");
    }
}

#[test]
fn a_bomb_is_refused_without_harm() {
    let bomb = encode(&"0".repeat(3_000_000));
    assert!(bomb.len() < 10_000, "it is small: {}", bomb.len());
    assert_eq!(decode(&bomb), Err(LinkError::TooLong(200_000)));
    assert_eq!(decode(&format!("1.{}", "A".repeat(500_000))), Err(LinkError::TooLong(200_000)));
}

#[test]
fn addresses_carry_their_parameters() {
    let address = Address::parse("#/raft/caiyang+at_500_crash_leader&t=1530&lang=zh-CN&embed");
    let address = address.expect("a good address");
    let lines = vec!["at 500 crash leader".to_string()];
    assert_eq!(address.subject, Subject::BuiltIn("raft/caiyang".into(), lines));
    assert_eq!((address.param("t"), address.param("embed")), (Some("1530"), Some("")));
    assert_eq!(address.to_string(), "#/raft/caiyang+at_500_crash_leader&t=1530&lang=zh-CN&embed");
    let first = Address::parse("embed=").expect("a parameter alone").to_string();
    assert_eq!(first, "#embed=");
    assert_eq!(Address::parse("").map(|address| address.subject), Ok(Subject::Nothing));
    assert_eq!(Address::parse("#t=5").map(|address| address.subject), Ok(Subject::Nothing));
}

#[test]
fn differences_are_readable() {
    for (line, readable) in [
        ("at 500 partition {leader, n2} | {rest}", "+at_500_partition_~(leader,n2~)_~!_~(rest~)"),
        ("at 500 cut n1->n2", "+at_500_cut_n1~-n2"),
        ("at 500 jump n1 +5000", "+at_500_jump_n1_~+5000"),
        ("at 600 w1: c1@n1 put(x, a_b)", "+at_600_w1:_c1@n1_put(x,a~_b)"),
        ("every 200 1..9 c1 put(x, v#)", "+every_200_1..9_c1_put(x,v~*)"),
        ("at 5 tell c1 c2 \"a, b\"", "+at_5_tell_c1_c2_~'a,_b~'"),
    ] {
        assert_eq!(join_lines(&[line.to_string()]), readable);
        let compact = if line.contains('"') { line.into() } else { line.replace(", ", ",") };
        assert_eq!(split_lines(readable), Ok(vec![compact]));
    }
    let chinese = vec!["at 5 c1 put(键, 值)".to_string(), "at 6 heal".to_string()];
    let joined = join_lines(&chinese);
    assert!(joined.starts_with("+=") && joined.is_ascii(), "{joined}");
    assert_eq!(split_lines(&joined), Ok(chinese));
}

#[test]
fn a_learner_s_lines_come_back_as_theirs() {
    let text = "scenario raft/own\nsystem raft nodes=3 clients=1 end=900\nat 5 w1: c1 get(x)\n";
    let mut scenario = Scenario::parse(text, ALL).expect("a scenario");
    let own = scenario.parse_line("after w1 +1 partition leader | {rest, c1}").expect("a line");
    assert!(own.iter().all(|line| line.own));
    scenario.lines.extend(own);
    let link = scenario.difference_link().to_string();
    assert_eq!(link, "#/raft/own+after_w1_~+1_partition_~(leader~)_~!_~(rest,c1~)");
    let Subject::BuiltIn(name, lines) = Address::parse(&link).expect("our own").subject else {
        panic!("{link}");
    };
    assert_eq!(name, "raft/own");
    let again = scenario.parse_line(&lines[0]).expect("our own line");
    assert_eq!(again[0], scenario.lines[1]);
    assert!(scenario.parse_line("after w9 heal").is_err());
    assert!(scenario.to_string().contains("\n+ after w1 +1 partition {leader} | {rest, c1}\n"));
}

#[test]
fn digests_are_short() {
    assert_eq!(short_digest(0).len(), 4);
    assert_ne!(short_digest(1), short_digest(2));
    assert_ne!(short_digest(1 << 60), short_digest(0));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_text_travels(text in "(\\PC|\n){0,300}") {
        prop_assert_eq!(decode(&encode(&text)), Ok(text));
    }

    #[test]
    fn any_lines_travel(lines in proptest::collection::vec("[ -~é→]{0,30}", 0..5)) {
        let joined = join_lines(&lines);
        let split = split_lines(&joined).expect("our own lines");
        prop_assert_eq!(&join_lines(&split), &joined);
        prop_assert_eq!(split.len(), lines.len());
        for (read, line) in split.iter().zip(&lines) {
            let bare = |line: &str| line.replace(' ', "");
            prop_assert_eq!(bare(read), bare(line));
        }
    }

    #[test]
    fn hostile_links_do_no_harm(
        bytes in proptest::collection::vec(any::<u8>(), 0..200),
        text in "\\PC{0,80}",
        flip in any::<proptest::sample::Index>(),
    ) {
        let _ = Address::parse(&text);
        let _ = split_lines(&text);
        let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        let packed: String = bytes.iter().map(|b| char::from(letters[*b as usize & 63])).collect();
        let _ = decode(&format!("1.{packed}"));
        // One changed letter of a good link never gives another text.
        let good = encode("system raft end=2000\nat 500 crash leader\nat 900 c1 put(x, 1)\n");
        let place = 2 + flip.index(good.len() - 2);
        let mut bent = good.clone().into_bytes();
        bent[place] = if bent[place] == b'A' { b'B' } else { b'A' };
        let bent = String::from_utf8(bent).expect("ascii");
        if bent != good {
            prop_assert!(decode(&bent).is_err(), "{}", bent);
        }
    }
}
