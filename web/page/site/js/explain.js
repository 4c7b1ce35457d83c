// What an error means here, and what to do about it.

// `line` is what a program printed ("create_connection: Permission denied [EACCES]"); `target` what it was about:
// {host, port, bind}. Returns a sentence, or '' where the line says it all.
export function explain(line, target) {
  const where = target ? `${target.host}:${target.port}` : 'the target';
  const name = /\[([A-Z_]+)\]/.exec(line)?.[1] ?? (/timed out/.test(line) ? 'TIMEOUT' : '');
  switch (name) {
    case 'EACCES':
      return `The proxy has no rule that allows it. Start it with --allow-${target?.bind ? 'bind' : 'connect'} ${where} as well.`;
    case 'ECONNREFUSED':
      return `The proxy may connect to ${where} and tried, but nothing listens there.`;
    case 'EADDRINUSE':
      return `Something else has ${where} already. Stop it, or take another port.`;
    case 'ENETDOWN':
      return 'The link to the proxy is gone, and every socket with it. Once the proxy runs again, a new run will work.';
    case 'EAI_NONAME':
    case 'EAI_NODATA':
      return `The proxy looked the name ${target?.host ?? ''} up, and there is none.`;
    case 'EAI_FAIL':
    case 'EAI_AGAIN':
      return `The name ${target?.host ?? ''} could not be looked up. Names need a rule too: --allow-lookup ${target?.host ?? 'NAME'}.`;
    case 'ECONNRESET':
    case 'EPIPE':
      return `${where} ended the connection before the conversation was over.`;
    case 'TIMEOUT':
    case 'ETIMEDOUT':
      return `${where} did not answer in time.`;
    default:
      return '';
  }
}
