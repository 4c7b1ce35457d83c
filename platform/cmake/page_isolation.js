// Part of every page program (platform/cmake/PageProgram.cmake): says why threads cannot run, where they cannot.
if (typeof SharedArrayBuffer == 'undefined') {
  const wanted = ['Cross-Origin-Opener-Policy: same-origin', 'Cross-Origin-Embedder-Policy: require-corp'];
  const why = globalThis.isSecureContext === false
    ? `everysock: this page has no threads, because ${location.origin} is neither https nor localhost.`
    : `everysock: this page has no threads, because it was served without the headers "${wanted.join('" and "')}". ` +
      'everysock-proxy --serve sends them.';
  const tell = (text) => (Module['printErr'] ?? console.error)(text);
  tell(why);
  if (globalThis.isSecureContext !== false && globalThis.fetch) {
    fetch(location.href, { method: 'HEAD', cache: 'no-store' }).then((response) => {
      for (const line of wanted) {
        const name = line.split(':')[0];
        tell(`everysock: ${name} is ${response.headers.get(name) ?? 'missing'}`);
      }
    }).catch(() => {});
  }
  Module['onAbort']?.(why);
  throw new Error(why);
}
