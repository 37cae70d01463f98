// SPDX-License-Identifier: Apache-2.0
'use strict';

/*
 * Puts the parts together. A live page gets messages as server-sent events; a saved one has a single message in itself.
 * Messages come a few times a second, and the page is drawn once for each, and when something is moved.
 */
const byId = id => document.getElementById(id);

const model = new Model();
const chosen = {executor: -1, name: -1};
const stream = new Stream(byId('stream-canvas'), byId('tip'), model, chosen);
const throughput = new Plot(byId('throughput'), byId('throughput-key'), [
  {label: 'finished/s', color: 'done', of: point => point.finished, area: true},
  {label: 'failed/s', color: 'failed', of: point => point.failed, rare: true},
]);
const queue = new Plot(byId('queue'), byId('queue-key'), [
  {label: 'queued', color: 'cancelled', of: point => point.queued, area: true},
  {label: 'running', color: 'running', of: point => point.running},
]);
const progress = progressTable(byId('progress'), model);
const workers = workerTable(byId('workers'), model);
const running = runningTable(byId('running'), model, confirmCancel);
const slowest = slowestTable(byId('slowest'), model);

let paused = false;
let waiting = []; // messages that came while the page was paused
let drawing = false;
let events = null; // where messages come from; none if the page is saved
let said = 0; // until when the status tells of an action

/* ---------------- Messages ---------------- */

function receive(message) {
  if (paused) {
    if (message.reset) {
      waiting = [];
    }
    waiting.push(message);
    if (waiting.length > 2400) { // ten minutes
      pause(false);
    }
    return;
  }
  model.take(message);
  stream.advance(model.now);
  if (events && !model.live) {
    events.close();
    status('', 'ended');
    byId('pause').hidden = true;
  }
  redraw();
}

function connect() {
  events = new EventSource('events');
  events.onmessage = event => {
    if (Date.now() > said) {
      status(paused ? '' : 'live', paused ? 'paused' : 'live');
    }
    receive(JSON.parse(event.data));
  };
  events.onerror = () => {
    status('lost', 'connection lost');
    model.live = false;
    redraw();
  };
}

function status(kind, words) {
  const place = byId('status');
  place.className = 'status ' + kind;
  say(place, words);
}

/** Tells what has become of an action, for three seconds. */
function announce(words) {
  said = Date.now() + 3000;
  status('', words);
}

function pause(on) {
  paused = on;
  byId('pause').setAttribute('aria-pressed', String(on));
  say(byId('pause'), on ? 'Resume' : 'Pause');
  if (!on) {
    waiting.forEach(message => model.take(message));
    waiting = [];
    stream.advance(model.now);
    redraw();
  }
}

/* ---------------- Drawing ---------------- */

function redraw() {
  if (!drawing) {
    drawing = true;
    requestAnimationFrame(() => {
      drawing = false;
      draw();
    });
  }
}

function draw() {
  say(byId('title'), model.title);
  document.title = model.title;
  byId('follow').setAttribute('aria-pressed', String(stream.follows));
  drawExecutors();
  drawFigures();
  stream.draw();
  stream.showTip();
  const series = summed(model.points, model.shown(chosen.executor));
  throughput.draw(series, stream.from, stream.to);
  queue.draw(series, stream.from, stream.to);
  drawTables();
  drawSampling();
}

function drawExecutors() {
  const select = byId('executor');
  if (select.options.length !== model.executors.length + 1) {
    const all = new Option('all ' + model.executors.length, '-1');
    select.replaceChildren(all, ...model.executors.map((executor, index) => new Option(executor.name, String(index))));
    select.parentElement.hidden = model.executors.length < 2;
    chosen.executor = -1;
  }
}

function drawTables() {
  const shown = model.shown(chosen.executor);
  const tasks = model.names.map((task, index) => ({...task, index})).filter(task => PARTS.some(part => task[part] > 0));
  progress.show(tasks, (row, item) => {
    row.tabIndex = 0;
    row.dataset.name = String(item.index);
    row.classList.toggle('chosen', chosen.name === item.index);
  });
  const all = shown.flatMap(index => model.executors[index].workers);
  workers.show(all);
  say(workers.head.rows[0].lastChild, all.some(worker => worker.memory > 0) ? 'memory' : '');
  const up = all.filter(worker => worker.up).length;
  const ended = shown.reduce((sum, index) => sum + model.executors[index].ended, 0);
  say(byId('workers-note'), `${count(up)} up` + (ended > 0 ? `, ${count(ended)} ended` : ''));
  running.show(model.running.filter(task => shown.includes(task.executor)).slice(0, 20));
  byId('running-card').hidden = !model.live && model.running.length === 0;
  byId('slowest-card').classList.toggle('wide', byId('running-card').hidden);
  slowest.show(model.slowest.filter(task => shown.includes(task.executor)));
  showFailures(byId('failures'), model.failures, model);
}

function drawSampling() {
  const seen = model.seen;
  const shown = model.spans.length;
  const hidden = model.executors.reduce((sum, executor) => sum + executor.hidden, 0);
  const parts = [];
  if (seen > shown * 1.02 && shown > 0) {
    const ratio = seen / shown;
    parts.push(`showing 1 of ${ratio < 10 ? ratio.toFixed(ratio < 2 ? 2 : 1) : count(ratio)} tasks, the longer ones first`);
  } else if (seen > 0) {
    parts.push(`all ${count(seen)} tasks`);
  }
  if (hidden > 0) {
    parts.push(`${count(hidden)} more workers are not drawn`);
  }
  say(byId('sampling'), parts.join('; '));
}

function drawFigures() {
  const shown = model.shown(chosen.executor).map(index => model.executors[index]);
  const sum = key => shown.reduce((total, executor) => total + executor[key], 0);
  const ended = key => shown.reduce((total, executor) => total + executor.total[key], 0);
  const timed = sum('timed');
  const latest = summed(model.points, model.shown(chosen.executor)).slice(-4);
  const rate = latest.reduce((total, point) => total + point.finished, 0) / Math.max(1, latest.length);
  const overall = model.now > 0 ? ended('finished') / (model.now / 1e6) : 0;
  const figures = [
    ['running', count(sum('running')), `of ${count(sum('max'))}`],
    ['queued', brief(sum('queued'))],
    ['done', brief(ended('done'))],
    model.live ? ['finished per second', brief(rate)] : ['finished per second', brief(overall)],
    ['failed', brief(ended('failed')), '', ended('failed') > 0],
    ['cancelled', brief(ended('cancelled'))],
    ['mean run time', timed ? duration(sum('runTotal') / timed) : '–'],
    ['mean wait', timed ? duration(sum('waitTotal') / timed) : '–'],
    ['elapsed', duration(model.now)],
  ];
  const place = byId('figures');
  figures.forEach(([label, value, beside = '', bad = false], index) => {
    let figure = place.children[index];
    if (!figure) {
      figure = element('div', 'figure');
      const big = element('b');
      big.append(document.createTextNode(''), element('small'));
      figure.append(big, element('span'));
      place.append(figure);
    }
    figure.firstChild.firstChild.data = value;
    say(figure.firstChild.lastChild, beside && ' ' + beside);
    say(figure.lastChild, label);
    figure.classList.toggle('bad', bad);
  });
}

/* ---------------- Actions ---------------- */

/** A task is cancelled only after a question, and only by a page that was given the token. */
function confirmCancel(task) {
  const dialog = byId('confirm');
  const name = model.names[task.task].name;
  say(byId('question'), `Cancel task ${task.id} (${name}), which has run for ${duration(model.now - task.start)}?`);
  dialog.returnValue = 'no';
  dialog.onclose = () => {
    if (dialog.returnValue === 'yes') {
      fetch(`cancel?executor=${task.executor}&task=${task.id}`, {method: 'POST', headers: {'X-Monitor-Token': model.token}})
          .then(answer => announce(answer.ok ? 'cancelled' : answer.status === 410 ? 'it has ended already' : 'refused'))
          .catch(() => status('lost', 'connection lost'));
    }
  };
  dialog.showModal();
}

function chooseName(row) {
  const name = Number(row.dataset.name);
  chosen.name = chosen.name === name ? -1 : name;
  redraw();
}

byId('progress').addEventListener('click', event => {
  const row = event.target.closest('tbody tr');
  if (row) {
    chooseName(row);
  }
});
byId('progress').addEventListener('keydown', event => {
  if (event.key === 'Enter' && event.target.matches('tbody tr')) {
    chooseName(event.target);
  }
});
byId('executor').addEventListener('change', event => {
  chosen.executor = Number(event.target.value);
  redraw();
});
byId('pause').addEventListener('click', () => pause(!paused));
byId('fit').addEventListener('click', () => stream.wholeRun());
byId('follow').addEventListener('click', () => {
  stream.follow(!stream.follows);
  stream.advance(model.now);
  redraw();
});
byId('theme').addEventListener('click', () => {
  document.documentElement.dataset.theme = isDark() ? 'light' : 'dark';
  redraw();
});
document.addEventListener('keydown', event => {
  if (event.key === ' ' && model.live && !event.target.closest('button, select, summary, a, dialog')) {
    event.preventDefault();
    pause(!paused);
  }
});
stream.onChange = redraw;
for (const plot of ['throughput', 'queue']) {
  byId(plot).addEventListener('pointermove', redraw);
  byId(plot).addEventListener('pointerleave', redraw);
}
new ResizeObserver(redraw).observe(document.body);

/* ---------------- Start ---------------- */

const dark = matchMedia('(prefers-color-scheme: dark)');
document.documentElement.dataset.theme = dark.matches ? 'dark' : 'light';
dark.addEventListener('change', () => {
  document.documentElement.dataset.theme = dark.matches ? 'dark' : 'light';
  redraw();
});

const saved = byId('data');
if (saved) {
  for (const id of ['pause', 'save', 'trace', 'follow']) {
    byId(id).hidden = true;
  }
  status('', 'saved');
  model.take(JSON.parse(saved.textContent));
  stream.wholeRun();
} else {
  status('', 'connecting');
  connect();
}
