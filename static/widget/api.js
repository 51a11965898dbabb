// @ts-check
// The window's requests. The token travels in a header, never in an address.

import { recall } from "./store.js";
import { config } from "./words.js";

const TIMEOUT = 20_000; // milliseconds until a request counts as lost

/** The server said no; `message` is a sentence for the visitor. */
export class Refusal extends Error {
  /**
   * @param {number} status
   * @param {string} sentence
   * @param {number} retryAfter seconds
   */
  constructor(status, sentence, retryAfter) {
    super(sentence);
    this.status = status;
    this.retryAfter = retryAfter;
  }

  /** Whether the same request can succeed later. */
  get isPassing() {
    return this.status === 429 || this.status >= 500;
  }
}

/**
 * Return the response. Throws Refusal, or whatever fetch throws when offline.
 * @param {string} path
 * @param {RequestInit} [options]
 */
export async function request(path, options = {}) {
  const token = recall("token");
  const headers = new Headers(options.headers);
  if (token) headers.set("Authorization", `Bearer ${token}`);
  headers.set("Accept-Language", document.documentElement.lang);
  const response = await fetch(config.api + path, {
    ...options,
    headers,
    credentials: "omit",
    signal: AbortSignal.timeout(TIMEOUT),
  });
  if (response.ok) return response;
  const said = await response.json().catch(() => ({}));
  const wait = Number(response.headers.get("Retry-After")) || 0;
  throw new Refusal(response.status, said.error || "", wait);
}

/**
 * @param {string} path
 * @param {any} body JSON, or a form with a file
 */
export async function post(path, body) {
  const isForm = body instanceof FormData;
  const response = await request(path, {
    method: "POST",
    body: isForm ? body : JSON.stringify(body),
    headers: isForm ? {} : { "Content-Type": "application/json" },
  });
  return response.json();
}

/** @param {string} path */
export async function get(path) {
  const response = await request(path);
  return response.json();
}
