//! A picture as a document of a backup: its name and its bytes.

use crate::server::pictures::{PictureName, PictureStore};
use mongodb::bson::{Binary, RawDocument, RawDocumentBuf, rawdoc, spec::BinarySubtype};
use std::io;

/// The document of a picture.
pub fn document(name: &PictureName, bytes: Vec<u8>) -> RawDocumentBuf {
    let picture = Binary { subtype: BinarySubtype::Generic, bytes };
    rawdoc! { "name": name.as_str(), "picture": picture }
}

/// The document of a picture that is kept; none when it was removed meanwhile.
pub async fn kept(store: &dyn PictureStore, name: &PictureName) -> io::Result<Option<RawDocumentBuf>> {
    Ok(store.get(name).await?.map(|bytes| document(name, bytes)))
}

/// The picture of a document; none if it is something else.
pub fn read(document: &[u8]) -> Option<(PictureName, &[u8])> {
    let document = RawDocument::from_bytes(document).ok()?;
    let name = PictureName::parse(document.get_str("name").ok()?)?;
    Some((name, document.get_binary("picture").ok()?.bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_comes_back_and_a_path_does_not() {
        let name = PictureName::of(b"bread");
        let written = document(&name, b"bread".to_vec());
        assert_eq!(read(written.as_bytes()), Some((name, &b"bread"[..])));
        let path = rawdoc! { "name": "../../etc/passwd", "picture": "" };
        assert_eq!(read(path.as_bytes()), None);
        assert_eq!(read(b"junk"), None);
    }
}
