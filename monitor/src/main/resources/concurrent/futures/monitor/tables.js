// SPDX-License-Identifier: Apache-2.0
'use strict';

/*
 * Tables whose rows stay where they are while their cells change, so that what is selected, scrolled or focused stays so.
 * Whatever comes from tasks is set as text, never as markup.
 */
class Table {
  constructor(place, columns, empty) {
    this.place = place;
    this.columns = columns; // {title, type, fill: (cell, item) => void}
    this.empty = empty;
    const head = element('tr');
    for (const column of columns) {
      head.append(element('th', column.type, column.title));
    }
    this.head = element('thead');
    this.head.append(head);
    this.body = element('tbody');
    this.none = element('p', 'empty', empty);
    place.append(this.head, this.body);
    place.after(this.none);
  }

  show(items, adorn = () => {}) {
    this.none.hidden = items.length > 0;
    this.place.hidden = items.length === 0;
    while (this.body.rows.length > items.length) {
      this.body.deleteRow(-1);
    }
    items.forEach((item, index) => {
      const row = this.body.rows[index] || this.add();
      this.columns.forEach((column, at) => column.fill(row.cells[at], item));
      adorn(row, item);
    });
  }

  add() {
    const row = this.body.insertRow();
    for (const column of this.columns) {
      row.append(element('td', column.type));
    }
    return row;
  }
}

/** Sets a text only where it changes, which leaves a selection alone. */
function say(cell, text, hint) {
  if (cell.textContent !== text) {
    cell.textContent = text;
  }
  if (hint !== undefined && cell.title !== hint) {
    cell.title = hint;
  }
}

function text(title, of, type = '') {
  return {title, type, fill: (cell, item) => say(cell, of(item))};
}

function number(title, of) {
  return text(title, of, 'number');
}

/** The name of a task, with its color. */
function named(model, title = 'task', index = item => item.task) {
  return {title, type: 'text', fill: (cell, item) => {
    const at = index(item);
    const name = model.names[at].name;
    if (cell.childNodes.length !== 2) {
      cell.replaceChildren(element('i', 'swatch'), document.createTextNode(''));
    }
    cell.firstChild.style.background = colorOf(at, name);
    if (cell.lastChild.data !== name) {
      cell.lastChild.data = name;
    }
    cell.title = name;
  }};
}

/* ---------------- Progress ---------------- */

const PARTS = ['done', 'failed', 'cancelled', 'running', 'queued'];

function progressTable(place, model) {
  return new Table(place, [
    named(model, 'task', item => item.index),
    {title: '', type: 'stretch', fill: fillBar},
    number('done', item => count(item.done)),
    number('running', item => item.running ? count(item.running) : ''),
    number('queued', item => item.queued ? count(item.queued) : ''),
    {title: 'failed', type: 'number', fill: (cell, item) => {
      say(cell, item.failed ? count(item.failed) : '');
      cell.classList.toggle('failed-text', item.failed > 0);
    }},
    number('mean', item => item.mean < 0 ? '' : duration(item.mean)),
  ], 'No tasks yet');
}

function fillBar(cell, item) {
  if (!cell.firstChild) {
    const bar = element('div', 'bar');
    PARTS.forEach(part => bar.append(element('i', part)));
    cell.append(bar);
  }
  const all = PARTS.reduce((sum, part) => sum + item[part], 0) || 1;
  PARTS.forEach((part, index) => {
    const share = item[part] / all * 100;
    cell.firstChild.children[index].style.width = (share > 0 ? Math.max(share, 0.6) : 0) + '%';
  });
  cell.title = PARTS.filter(part => item[part] > 0).map(part => `${count(item[part])} ${part}`).join(', ');
}

/* ---------------- Workers ---------------- */

function workerTable(place, model) {
  return new Table(place, [
    {title: 'worker', type: 'text', fill: (cell, item) => say(cell, item.name, item.pid ? `process ${item.pid}` : item.name)},
    {title: 'now', type: 'text stretch', fill: (cell, item) => {
      const idle = item.task < 0;
      say(cell, item.up ? idle ? 'idle' : model.names[item.task].name : item.ended || 'not started');
      cell.classList.toggle('quiet', !item.up || idle);
    }},
    number('for', item => item.task >= 0 ? duration(model.now - item.start) : ''),
    number('tasks', item => count(item.done)),
    {title: 'failed', type: 'number', fill: (cell, item) => {
      say(cell, item.failed ? count(item.failed) : '');
      cell.classList.toggle('failed-text', item.failed > 0);
    }},
    {title: 'busy', type: 'number', fill: fillMeter},
    number('memory', item => item.memory > 0 ? bytes(item.memory) : ''),
  ], 'No workers yet');
}

function fillMeter(cell, item) {
  if (!cell.firstChild) {
    const meter = element('span', 'meter');
    meter.append(element('i'));
    cell.append(document.createTextNode(''), meter);
  }
  const percent = Math.round(Math.min(1, item.busy) * 100);
  if (cell.firstChild.data !== percent + '%') {
    cell.firstChild.data = percent + '%';
    cell.lastChild.firstChild.style.width = percent + '%';
  }
}

/* ---------------- Single tasks ---------------- */

function runningTable(place, model, onCancel) {
  const columns = [
    named(model),
    text('worker', item => model.executors[item.executor].lanes[item.lane] || item.worker || '', 'text'),
    number('number', item => String(item.id)),
    number('waited', item => duration(item.wait)),
    number('so far', item => duration(model.now - item.start)),
    {title: '', type: 'number', fill: (cell, item) => {
      if (!cell.firstChild) {
        const button = element('button', 'small', 'Cancel');
        button.type = 'button';
        button.addEventListener('click', () => onCancel(button.task));
        cell.append(button);
      }
      cell.firstChild.task = item;
      cell.firstChild.hidden = !model.live || !model.token;
    }},
  ];
  return new Table(place, columns, 'Nothing runs');
}

function slowestTable(place, model) {
  return new Table(place, [
    named(model),
    text('worker', item => item.worker, 'text'),
    number('number', item => String(item.id)),
    number('waited', item => duration(item.wait)),
    number('ran', item => duration(item.run)),
    {title: 'outcome', type: '', fill: (cell, item) => {
      say(cell, ['', 'failed', 'cancelled'][item.outcome]);
      cell.className = item.outcome === Outcome.FAILED ? 'failed-text' : 'quiet';
    }},
  ], 'No tasks yet');
}

/** Failures open to show where they come from; those that are open stay so when others come. */
function showFailures(place, failures, model) {
  const key = failures.map(failure => failure.executor + '/' + failure.id).join();
  if (place.dataset.key === key) {
    return;
  }
  place.dataset.key = key;
  const open = new Set([...place.querySelectorAll('details[open]')].map(details => details.dataset.task));
  place.replaceChildren(...failures.map(failure => {
    const details = element('details');
    details.dataset.task = failure.executor + '/' + failure.id;
    details.open = open.has(details.dataset.task);
    const summary = element('summary');
    summary.append(
        element('span', '', model.names[failure.task].name), element('span', 'quiet', 'at ' + duration(failure.time)),
        element('span', 'quiet', failure.worker), element('span', '', failure.what));
    details.append(summary, element('pre', '', failure.trace));
    return details;
  }));
  if (failures.length === 0) {
    place.append(element('p', 'empty', 'None'));
  }
}
