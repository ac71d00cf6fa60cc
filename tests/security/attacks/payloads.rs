//! Lists of what is sent where a plain word is expected.

/// Texts; most are no value of any field, some are odd but allowed.
pub const TEXTS: [&str; 29] = [
    "",
    " \t ",
    "\u{a0}\u{2003}",
    "\0",
    "a\0b",
    "a\r\nSet-Cookie: evil=1",
    "\u{202e}gnp.exe",
    "a\u{200b}b\u{feff}",
    "e\u{301}\u{301}\u{301}\u{301}",
    "👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "\u{ffff}\u{fdd0}",
    "\u{10ffff}",
    "\u{1b}[31m",
    "{\"$gt\":\"\"}",
    "{\"$where\":\"sleep(9)\"}",
    "$where",
    "(((((((((((a+)+)+)+",
    "\\",
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "{{7*7}}${7*7}",
    "../../../../etc/passwd",
    "-1",
    "0",
    "1.5",
    "1e3",
    "9223372036854775808",
    "NaN",
    "true",
];

/// Percent-encoding that is none, or that is no UTF-8.
pub const RAW: [&str; 8] =
    ["%FF%FE", "%C0%80", "%ED%A0%80", "%F4%90%80%80", "%", "%zz", "%u0041", "+%2B&=&&="];

/// JSON that is no text.
pub const JSON: [&str; 22] = [
    "null",
    "true",
    "0",
    "-1",
    "1.5",
    "1e3",
    "1e999",
    "1000",
    "9223372036854775808",
    "-9223372036854775809",
    "NaN",
    "[]",
    "[\"x\"]",
    "{}",
    r#"{"$gt":""}"#,
    r#"{"$ne":null}"#,
    r#"{"$where":"1"}"#,
    r#"{"$oid":"507f1f77bcf86cd799439011"}"#,
    r#""\ud800""#,
    r#""\udc00\ud800""#,
    r#""\u0000""#,
    r#""\x""#,
];
