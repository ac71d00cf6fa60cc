//! Addresses that lead out of the directories of files.

use crate::rest::api::Api;
use http::Request;
use std::fs;

const SECRET: &str = "nobody may read this";

#[tokio::test]
async fn no_address_leads_out_of_its_directory() {
    let outside = tempfile::tempdir().unwrap();
    let root = outside.path().join("site");
    for (path, text) in [
        ("site/pkg/vatra.js", "// built"),
        ("site/pictures/bread.svg", "<svg/>"),
        ("site/robots.txt", "User-agent: *"),
        ("site/secret.txt", SECRET),
        ("site/.env", SECRET),
        ("secret.txt", SECRET),
    ] {
        let file = outside.path().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    let api = Api::open_at(root.to_str().unwrap(), &[]).await;
    for there in ["/pkg/vatra.js", "/pictures/bread.svg", "/robots.txt"] {
        assert_eq!(api.visitor().get(there).await.status, 200, "{there}");
    }
    let absolute = outside.path().join("secret.txt");
    let ways = ways(absolute.to_str().unwrap());
    // Where no files are, a page is made for each: then some ways are enough.
    for (directory, step) in [("/pkg", 1), ("/pictures", 1), ("/media", 7), ("", 19), ("/robots.txt", 19)] {
        for way in ways.iter().step_by(step) {
            let Ok(request) = Request::get(format!("{directory}/{way}")).body(()) else { continue };
            let answer = api.visitor().send(Request::get(request.uri().clone()), "").await;
            assert!(!answer.text.contains(SECRET), "{directory}/{way}");
            assert!(!answer.text.contains("root:x:0"), "{directory}/{way}");
            assert!(!answer.status.is_server_error(), "{directory}/{way}: {}", answer.status);
        }
    }
}

fn ways(absolute: &str) -> Vec<String> {
    let ups = [
        "..",
        "%2e%2e",
        ".%2e",
        "%2E.",
        "....",
        "..;",
        "..%00",
        "%252e%252e",
        "%c0%ae%c0%ae",
        "..%ff",
        "bread.svg/..",
        "vatra.js/%2e%2e",
    ];
    let slashes = ["/", "%2f", "%2F", "%5c", "\\", "//", "%252f", "%c0%af"];
    let files = ["secret.txt", ".env", "secret.txt%00.svg", "etc/passwd", "%2e%2e%2fsecret.txt"];
    let mut ways = vec![
        format!("/{absolute}"),
        absolute.to_owned(),
        absolute.replace('/', "%2f"),
        format!("file://{absolute}"),
        "/etc/passwd".into(),
        "%2fetc%2fpasswd".into(),
        "C:%5cWindows%5cwin.ini".into(),
        ".env".into(),
        "%00".into(),
        "bread.svg%00".into(),
        "a".repeat(5000),
        "%2e%2e%2f".repeat(200),
    ];
    for up in ups {
        for slash in slashes {
            for depth in [1, 3] {
                let climb = format!("{up}{slash}").repeat(depth);
                ways.extend(files.iter().map(|file| format!("{climb}{file}")));
            }
        }
    }
    ways
}
