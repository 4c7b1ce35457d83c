// Part of page programs that are SUSPENDING (platform/cmake/PageProgram.cmake): has the library know, and says so where
// they cannot run.
Module['everysockSuspends'] = true;
if (typeof WebAssembly.Suspending != 'function') {
  const why = 'everysock: this program is suspended where it waits, for which this engine is too old: it has no ' +
    'JavaScript Promise Integration (WebAssembly.Suspending; Chromium has it from 137 on). Link it without SUSPENDING.';
  (Module['printErr'] ?? console.error)(why);
  Module['onAbort']?.(why);
  throw new Error(why);
}
