'use strict';
const data = JSON.parse(document.getElementById('data').textContent);

// Colour class, symbol and meaning of each outcome; the words are always there beside the colour.
const OUTCOMES = {
  'passed': ['good', '✓', 'The backend claims it, and the case holds.'],
  'refused': ['calm', '⊘', 'The backend does not claim it, and refuses with the documented error.'],
  'expected-failure': ['warn', '△', 'A known defect, listed with its reason among the expectations.'],
  'environment': ['warn', '◌', 'The backend claims it, but the machine of this run lacks what it takes.'],
  'unexpected-pass': ['bad', '!', 'It holds although it is not claimed, or is expected to fail: the claim is out of date.'],
  'failed': ['bad', '✗', 'The backend claims it, and the case does not hold.'],
  'missing': ['bad', '?', 'The report of this backend does not list the case.'],
};
const PROBLEMS = ['failed', 'unexpected-pass', 'missing'];
const MISSING = ['missing', 0, 'The report does not list this case.'];
const $ = (id) => document.getElementById(id);

function element(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in node) node[name] = value; else node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}
const plural = (n, word) => `${n.toLocaleString('en')} ${word}${n === 1 ? '' : 's'}`;
const mark = (outcome) => [element('span', {ariaHidden: 'true'}, OUTCOMES[outcome][1]), element('span', {}, outcome)];

for (const each of data.cases) {
  each.cells = each.cells.map((cell) => cell || MISSING);
  each.outcomes = new Set(each.cells.map(([outcome]) => outcome));
  each.topic = each.id.split('/')[0];
  each.text = [each.id, ...each.rows, ...each.cells.map((cell) => cell[2])].join('\n').toLowerCase();
}

// How many cells of each outcome: of one column, or of all.
function count(cases, column) {
  const sum = {};
  for (const each of cases) {
    for (const [outcome] of column === undefined ? each.cells : [each.cells[column]]) sum[outcome] = (sum[outcome] || 0) + 1;
  }
  return sum;
}
const outcomesOf = (sum) => Object.keys(OUTCOMES).filter((outcome) => sum[outcome]);

// ---- totals ----

// How a backend fares, in words; problems lead to their cases.
function verdict(bad, sum) {
  if (!bad) return element('span', {className: 'verdict good'}, 'all as claimed');
  const button = element('button', {type: 'button', className: 'verdict bad', title: 'Show them'}, plural(bad, 'problem'));
  button.addEventListener('click', () => show('', PROBLEMS.find((outcome) => sum[outcome])));
  return button;
}

function drawSuites() {
  data.suites.forEach((suite, column) => {
    const sum = count(data.cases, column);
    const bad = PROBLEMS.reduce((n, outcome) => n + (sum[outcome] || 0), 0);
    const bar = element('div', {className: 'bar', ariaHidden: 'true'});
    const counts = element('ul', {className: 'counts'});
    for (const outcome of outcomesOf(sum)) {
      const part = element('span', {className: 'fill-' + OUTCOMES[outcome][0]});
      part.style.flexGrow = sum[outcome];
      bar.append(part);
      counts.append(element('li', {className: 'text ' + OUTCOMES[outcome][0]},
        element('span', {ariaHidden: 'true'}, OUTCOMES[outcome][1] + ' '), element('b', {}, sum[outcome].toLocaleString('en')), ' ' + outcome));
    }
    $('suites').append(element('article', {className: 'suite'},
      element('h2', {}, suite.suite, verdict(bad, sum)),
      element('p', {className: 'where'}, [suite.backend !== suite.suite && suite.backend + ' backend', suite.kernel || suite.os, suite.commit].filter(Boolean).join(' · ')),
      bar, counts));
  });
  const rows = new Set(data.cases.flatMap((each) => each.rows));
  $('about').textContent = `${plural(data.cases.length, 'case')} over ${plural(rows.size, 'row')} of the specification, run against ${plural(data.suites.length, 'backend')}.`;
  $('made').textContent = `Made ${data.generated}. A backend is held to what it claims: what it does not claim must be refused with the documented error.`;
  for (const [outcome, [style, , meaning]] of Object.entries(OUTCOMES)) {
    if (outcome === 'missing' && !count(data.cases).missing) continue;
    $('legend').append(element('dt', {}, element('span', {className: 'mark ' + style}, ...mark(outcome))), element('dd', {}, meaning));
  }
}

// ---- filters ----

const state = {search: '', outcome: 'all', group: 'topic', open: new Set(), details: new Set()};

function drawOutcomeFilter() {
  const sum = {};
  for (const each of data.cases) for (const outcome of each.outcomes) sum[outcome] = (sum[outcome] || 0) + 1;
  const differing = data.cases.filter((each) => each.outcomes.size > 1).length;
  const choices = [['all', 'all', data.cases.length], ...outcomesOf(sum).map((outcome) => [outcome, OUTCOMES[outcome][1] + ' ' + outcome, sum[outcome]])];
  if (data.suites.length > 1 && differing) choices.push(['differs', '≠ differs', differing]);
  for (const [value, label, n] of choices) {
    const input = element('input', {type: 'radio', name: 'outcome', value, checked: value === 'all'});
    $('outcomes').append(element('label', {}, input, element('span', {}, `${label} ${n.toLocaleString('en')}`)));
  }
}

function fits(each) {
  if (state.outcome === 'differs' ? each.outcomes.size < 2 : state.outcome !== 'all' && !each.outcomes.has(state.outcome)) return false;
  return state.search.split(/\s+/).every((word) => each.text.includes(word));
}

function groupsOf(cases) {
  const groups = new Map();
  for (const each of cases) {
    for (const name of state.group === 'topic' ? [each.topic] : each.rows) {
      if (!groups.has(name)) groups.set(name, []);
      groups.get(name).push(each);
    }
  }
  const order = (a, b) => a[0].localeCompare(b[0], 'en', {numeric: true});
  return [...groups].sort(order);
}

// ---- the table ----

function drawHead() {
  const row = element('tr', {}, element('th', {scope: 'col'}, 'Case'));
  for (const suite of data.suites) row.append(element('th', {scope: 'col', className: 'suite-name'}, suite.suite));
  $('matrix').tHead.append(row);
}

function detailRow(each) {
  const tags = element('ul', {className: 'tags'});
  for (const row of each.rows) {
    const tag = element('button', {type: 'button', className: 'mono', title: 'Show the cases of this row'}, row);
    tag.addEventListener('click', () => show(row, 'all'));
    tags.append(element('li', {}, tag));
  }
  const answers = element('div', {className: 'answers'});
  each.cells.forEach(([outcome, ms, reason], column) => {
    answers.append(element('b', {}, data.suites[column].suite), element('span', {}, element('span', {className: 'mark ' + OUTCOMES[outcome][0]}, ...mark(outcome))),
      element('span', {className: 'ms'}, `${ms} ms`), element('span', {className: 'why'}, reason));
  });
  return element('tr', {className: 'detail'}, element('td', {colSpan: 1 + data.suites.length},
    element('h3', {}, 'Specification rows'), tags, element('h3', {}, 'On each backend'), answers));
}

function caseRow(each) {
  const short = state.group === 'topic' ? each.id.slice(each.topic.length + 1) : each.id;
  const [name, kind] = short.split('@');
  const button = element('button', {type: 'button', ariaExpanded: 'false'}, element('span', {className: 'arrow', ariaHidden: 'true'}, '▶'),
    element('span', {}, name, kind ? element('span', {className: 'kind'}, '@' + kind) : ''));
  const row = element('tr', {className: 'case'}, element('th', {scope: 'row', className: 'name'}, button));
  let detail = null;
  const toggle = () => {
    if (detail) { detail.remove(); detail = null; } else { detail = detailRow(each); row.after(detail); }
    button.ariaExpanded = String(Boolean(detail));
    state.details[detail ? 'add' : 'delete'](each.id);
  };
  button.addEventListener('click', toggle);
  each.cells.forEach(([outcome, , reason], column) => {
    const properties = {className: 'mark ' + OUTCOMES[outcome][0]};
    let cell;
    if (reason) {
      cell = element('button', {...properties, type: 'button', title: reason, ariaLabel: `${data.suites[column].suite}: ${outcome}: ${reason}`}, ...mark(outcome));
      cell.addEventListener('click', toggle);
    } else {
      cell = element('span', properties, ...mark(outcome));
    }
    row.append(element('td', {className: 'cell'}, cell));
  });
  if (state.details.has(each.id)) queueMicrotask(toggle);
  return row;
}

function groupBody(name, cases) {
  const button = element('button', {type: 'button'}, element('span', {className: 'arrow', ariaHidden: 'true'}, '▶'), element('span', {}, name),
    element('span', {className: 'count'}, plural(cases.length, 'case')));
  const head = element('tr', {className: 'group'}, element('th', {scope: 'rowgroup'}, button));
  data.suites.forEach((suite, column) => {
    const sum = count(cases, column);
    head.append(element('td', {className: 'sum'}, ...outcomesOf(sum).map((outcome) =>
      element('span', {className: 'text ' + OUTCOMES[outcome][0], title: `${sum[outcome]} ${outcome}`},
        OUTCOMES[outcome][1] + ' ' + sum[outcome], element('span', {className: 'hidden'}, ' ' + outcome)))));
  });
  const body = element('tbody', {}, head);
  const key = state.group + ' ' + name;
  const set = (open) => {
    button.ariaExpanded = String(open);
    state.open[open ? 'add' : 'delete'](key);
    while (body.rows.length > 1) body.deleteRow(1);
    if (open) body.append(...cases.map(caseRow));
  };
  button.addEventListener('click', () => set(button.ariaExpanded !== 'true'));
  set(state.open.has(key));
  return {body, set};
}

let groups = [];
function draw() {
  const cases = data.cases.filter(fits);
  for (const body of [...$('matrix').tBodies]) body.remove();
  groups = groupsOf(cases).map(([name, members]) => groupBody(name, members));
  $('matrix').append(...groups.map((group) => group.body));
  $('nothing').hidden = cases.length !== 0;
  $('shown').textContent = cases.length === data.cases.length ? plural(cases.length, 'case') : `${cases.length} of ${plural(data.cases.length, 'case')}`;
  return cases;
}

// Takes the filters as they stand in the form, draws, and keeps them in the address, so that a view can be linked to.
function filter() {
  state.search = $('search').value.trim().toLowerCase();
  state.outcome = document.querySelector('input[name=outcome]:checked').value;
  state.group = document.querySelector('input[name=group]:checked').value;
  const cases = draw();
  // What was searched for should be in sight.
  if ((state.search || state.outcome !== 'all') && cases.length <= 200) for (const group of groups) group.set(true);
  const query = new URLSearchParams();
  if (state.search) query.set('find', state.search);
  if (state.outcome !== 'all') query.set('outcome', state.outcome);
  if (state.group !== 'topic') query.set('by', state.group);
  history.replaceState(null, '', query.size ? '#' + query : location.pathname + location.search);
}

function choose(name, value) {
  const input = [...document.querySelectorAll(`input[name=${name}]`)].find((each) => each.value === value);
  if (input) input.checked = true;
}

function show(search, outcome, group = state.group) {
  $('search').value = search;
  choose('outcome', outcome);
  choose('group', group);
  filter();
}

function fromAddress() {
  const query = new URLSearchParams(location.hash.slice(1));
  show(query.get('find') || '', query.get('outcome') || 'all', query.get('by') || 'topic');
}

drawSuites();
drawOutcomeFilter();
drawHead();
fromAddress();

$('search').addEventListener('input', filter);
$('outcomes').addEventListener('change', filter);
$('grouping').addEventListener('change', filter);
$('expand').addEventListener('click', () => groups.forEach((group) => group.set(true)));
$('collapse').addEventListener('click', () => groups.forEach((group) => group.set(false)));
$('reset').addEventListener('click', () => {
  show('', 'all');
  $('search').focus();
});
window.addEventListener('hashchange', fromAddress);
document.addEventListener('keydown', (event) => {
  if (event.key === '/' && !(event.target instanceof HTMLInputElement)) {
    event.preventDefault();
    $('search').focus();
  }
  if (event.key === 'Escape' && event.target === $('search')) {
    $('search').value = '';
    filter();
  }
});
