//! The address that customers use: is its certificate trusted, for how long, and does the shop answer?

use super::Finding;
use crate::{model::time::Timestamp, server::clock::now};
use reqwest::{Client, ClientBuilder, Response, header, redirect::Policy, tls::TlsInfo};
use std::{error::Error, time::Duration};
use x509_parser::parse_x509_certificate;

const ABOUT: &str = "address";
const TIMEOUT: Duration = Duration::from_secs(10);
const DAY: i64 = 86_400_000;

/// What renews certificates does so a month before their end (Let's Encrypt's advice: 30 days).
const SOON: i64 = 14;

/// What was found, and the clock of whoever answered, beside ours.
pub(super) struct Public {
    pub finding: Finding,
    pub clocks: Option<(Timestamp, Timestamp)>,
}

pub(super) async fn look(url: Option<&str>) -> Public {
    look_with(Client::builder(), url).await
}

async fn look_with(client: ClientBuilder, url: Option<&str>) -> Public {
    let Some(url) = url else {
        return Public { finding: Finding::good(ABOUT, "none is set, so none can be tried"), clocks: None };
    };
    match ask(client, url).await {
        Ok(answer) => Public { clocks: clocks(&answer), finding: judge(url, &answer) },
        Err(error) => Public { finding: unreachable(url, &error), clocks: None },
    }
}

async fn ask(client: ClientBuilder, url: &str) -> reqwest::Result<Response> {
    let client = client.timeout(TIMEOUT).redirect(Policy::none()).tls_info(true).build()?;
    client.get(format!("{url}/readyz")).send().await
}

fn unreachable(url: &str, error: &reqwest::Error) -> Finding {
    // The reason is the innermost error; the outer ones repeat the address.
    let mut reason: &dyn Error = error;
    while let Some(inner) = reason.source() {
        reason = inner;
    }
    let reason = reason.to_string();
    if reason.contains("certificate") {
        return Finding::wrong(
            ABOUT,
            format!("browsers do not trust {url}: {reason}"),
            "Renew the certificate, with its whole chain. Caddy does so by itself when port 80 or 443 is open.",
        );
    }
    Finding::wrong(
        ABOUT,
        format!("{url} cannot be reached: {reason}"),
        "Does its name point to this server, and are ports 80 and 443 open?",
    )
}

fn judge(url: &str, answer: &Response) -> Finding {
    let left = answer.extensions().get::<TlsInfo>().and_then(TlsInfo::peer_certificate).and_then(days_left);
    let status = answer.status();
    if !status.is_success() {
        return Finding::doubtful(
            ABOUT,
            format!("{url}/readyz answers with {status}"),
            "Is the shop running, and does what stands in front of it pass requests on to it?",
        );
    }
    match left {
        None => Finding::good(ABOUT, format!("{url} answers")),
        Some(days @ ..SOON) => Finding::doubtful(
            ABOUT,
            format!("the certificate of {url} ends in {days} days"),
            "What renews it has not done so: see its log.",
        ),
        Some(days) => Finding::good(ABOUT, format!("{url} answers, its certificate is good for {days} days")),
    }
}

fn days_left(der: &[u8]) -> Option<i64> {
    let (_, certificate) = parse_x509_certificate(der).ok()?;
    let end = certificate.validity().not_after.timestamp().checked_mul(1000)?;
    Some(end.checked_sub(now().0)?.div_euclid(DAY))
}

/// An answer is dated to the second (RFC 9110, 6.6.1).
fn clocks(answer: &Response) -> Option<(Timestamp, Timestamp)> {
    let date = answer.headers().get(header::DATE)?.to_str().ok()?;
    let dated = jiff::fmt::rfc2822::parse(date).ok()?.timestamp().as_millisecond();
    Some((Timestamp(dated), now()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::doctor::Verdict;
    use rcgen::{CertificateParams, KeyPair, date_time_ymd};
    use reqwest::Certificate;
    use std::sync::Arc;
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpListener,
    };
    use tokio_rustls::{
        TlsAcceptor,
        rustls::{ServerConfig, pki_types::PrivatePkcs8KeyDer},
    };

    const ANSWER: &[u8] =
        b"HTTP/1.1 200 OK\r\ndate: Sun, 06 Nov 1994 08:49:37 GMT\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

    /// A server with a certificate of its own that ends in that year; its address and certificate.
    async fn server(year: i32) -> (String, Vec<u8>) {
        let mut params = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
        params.not_after = date_time_ymd(year, 1, 1);
        let key = KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap();
        let der = certificate.der().to_vec();
        let config = ServerConfig::builder()
            .with_no_client_auth()
            .with_single_cert(
                vec![certificate.der().clone()],
                PrivatePkcs8KeyDer::from(key.serialize_der()).into(),
            )
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // A browser that does not trust the certificate hangs up.
                if let Ok(mut stream) = acceptor.accept(stream).await {
                    let _ = stream.read(&mut [0; 4096]).await;
                    let _ = stream.write_all(ANSWER).await;
                    let _ = stream.shutdown().await;
                }
            }
        });
        (format!("https://localhost:{port}"), der)
    }

    #[tokio::test]
    async fn a_certificate_is_trusted_and_has_time_left() {
        let (url, der) = server(2095).await;
        let trusting = Client::builder().tls_certs_merge([Certificate::from_der(&der).unwrap()]);
        let public = look_with(trusting, Some(&url)).await;
        assert_eq!(public.finding.verdict, Verdict::Good, "{}", public.finding);
        assert!(public.finding.found.contains("good for"), "{}", public.finding);
        assert_eq!(public.clocks.unwrap().0, Timestamp(784_111_777_000));
    }

    #[tokio::test]
    async fn one_that_nobody_signed_or_that_has_ended_is_wrong() {
        let (url, _) = server(2095).await;
        let public = look(Some(&url)).await;
        assert_eq!(public.finding.verdict, Verdict::Wrong);
        assert!(public.finding.found.starts_with("browsers do not trust"), "{}", public.finding);

        let (url, der) = server(2001).await;
        let trusting = Client::builder().tls_certs_merge([Certificate::from_der(&der).unwrap()]);
        let public = look_with(trusting, Some(&url)).await;
        assert_eq!(public.finding.verdict, Verdict::Wrong);
        assert!(public.finding.found.contains("certificate"), "{}", public.finding);
    }

    #[tokio::test]
    async fn nobody_at_home_is_told_apart() {
        let port = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
        let public = look(Some(&format!("http://127.0.0.1:{port}"))).await;
        assert!(public.finding.found.contains("cannot be reached"), "{}", public.finding);
    }
}
