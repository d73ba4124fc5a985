// The token of a reply's private page stands in the address after sending, for browsers without
// cookies. Where the cookie shows the reply as well, the token leaves the address bar, so that
// whoever copies the article's address does not give the reply away.
const here = new URL(location.href);
if (navigator.cookieEnabled && here.searchParams.has("mine")) {
  here.searchParams.delete("mine");
  history.replaceState(null, "", here);
}
