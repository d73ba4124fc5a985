// Requests to the server, one after the other: fast keys must not overtake each other, since an
// undo needs the answer of the decision before it.

const patience = 20_000; // milliseconds until a silent server counts as unreachable

let last = Promise.resolve();
let waiting = 0;

/** Runs the job after all jobs before it. A job handles its own failures. */
export function enqueue(job) {
  waiting += 1;
  last = last.then(job).finally(() => {
    waiting -= 1;
  });
}

window.addEventListener("beforeunload", (event) => {
  if (waiting > 0) {
    event.preventDefault();
  }
});

/**
 * Posts a form and returns { status, data }. Status 0 means that the server was not reached; a
 * redirect, which a program gets only in front of the login page, counts as 401.
 */
export async function post(address, fields) {
  try {
    const answer = await fetch(address, {
      method: "POST",
      body: new URLSearchParams(fields),
      headers: { Accept: "application/json" },
      redirect: "manual",
      keepalive: true,
      signal: AbortSignal.timeout(patience),
    });
    if (answer.type === "opaqueredirect") {
      return { status: 401, data: {} };
    }
    const data = await answer.json().catch(() => ({}));
    return { status: answer.status, data };
  } catch {
    return { status: 0, data: {} };
  }
}

/**
 * Fetches one of our own pages as a document. XMLHttpRequest parses it itself: no string becomes
 * markup here, so that Trusted Types need no exception. Scripts in such a document never run.
 */
export function fetchPage(address) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", address);
    request.responseType = "document";
    request.timeout = patience;
    request.onload = () => {
      if (request.status === 200 && request.response) {
        resolve(request.response);
      } else {
        reject(new Error(`status ${request.status}`));
      }
    };
    request.onerror = () => reject(new Error("not reached"));
    request.ontimeout = request.onerror;
    request.send();
  });
}
