// The codes of an authenticator (RFC 6238: SHA-1, six digits, thirty seconds).
import { createHmac } from "node:crypto";

const SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

function bytesOf(base32) {
  const bits = [...base32.replace(/[^A-Z2-7]/g, "")].map((sign) => SIGNS.indexOf(sign).toString(2).padStart(5, "0")).join("");
  return Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
}

/** The step of the clock that it is now. */
export const step = () => Math.floor(Date.now() / 30_000);

/** What an authenticator with this secret shows at a step. */
export function codeAt(secret, at) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(at));
  const mac = createHmac("sha1", bytesOf(secret)).update(counter).digest();
  const start = mac[19] & 15;
  return String((mac.readUInt32BE(start) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}
