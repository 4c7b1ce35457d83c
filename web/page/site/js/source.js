// C++ source as a listing.
import { element } from './dom.js';

const words = 'alignas auto bool break case catch char class const constexpr continue default delete do double else enum ' +
  'explicit false float for if inline int long namespace new noexcept nullptr operator private public return sizeof ' +
  'static std struct switch template this throw true try typename unsigned using virtual void while';
const token = new RegExp([
  '(?<comment>//.*)', '(?<text>"(?:[^"\\\\]|\\\\.)*"|\'(?:[^\'\\\\]|\\\\.)*\'|<[a-z_]+(?:/[a-z_]+)*(?:\\.h)?>(?=\\s*$))',
  '(?<directive>^\\s*#\\s*[a-z]+)', `(?<word>\\b(?:${words.split(' ').join('|')})\\b)`,
].join('|'), 'g');

function highlighted(line) {
  const parts = [];
  let end = 0;
  for (const match of line.matchAll(token)) {
    const kind = Object.keys(match.groups).find((name) => match.groups[name] !== undefined);
    parts.push(line.slice(end, match.index), element('span', { class: kind }, match[0]));
    end = match.index + match[0].length;
  }
  return [...parts, line.slice(end)];
}

export function listing(source) {
  const code = element('code');
  for (const line of source.replace(/\n$/, '').split('\n')) {
    code.append(element('span', { class: 'row' }, ...highlighted(line), '\n'));
  }
  return element('pre', { class: 'listing', tabindex: '0', 'aria-label': 'Source' }, code);
}
