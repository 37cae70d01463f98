// SPDX-License-Identifier: Apache-2.0
'use strict';

/*
 * The task stream: a row for each worker, a bar for each task. What is seen is the time from `from` to `to`; as long as
 * `follows` holds, `to` is now. Bars that would fall onto the pixel of the one before are left out, so that a hundred
 * thousand tasks are drawn as fast as what can be seen of them.
 */
const GUTTER = 128;
const AXIS = 22;
const TOP = 6;
const GROUP = 20;
const SHORTEST_VIEW = 20; // microseconds
const SHORTEST_WINDOW = 5e6; // at first
const WINDOW = 30e6;

class Stream {
  constructor(canvas, tip, model, options) {
    this.canvas = canvas;
    this.tip = tip;
    this.model = model;
    this.options = options; // {executor, name}: what is chosen elsewhere on the page
    this.from = 0;
    this.to = WINDOW;
    this.follows = true;
    this.zoomed = false;
    this.rows = [];
    this.pointer = null;
    this.onChange = () => {};
    this.listen();
  }

  /* ---------------- The view ---------------- */

  span() {
    return this.to - this.from;
  }

  plotWidth() {
    return Math.max(1, this.canvas.clientWidth - GUTTER - 12);
  }

  x(time) {
    return GUTTER + (time - this.from) / this.span() * this.plotWidth();
  }

  timeAt(x) {
    return this.from + (x - GUTTER) / this.plotWidth() * this.span();
  }

  follow(follows) {
    this.follows = follows;
    this.onChange();
  }

  wholeRun() {
    this.follows = false;
    this.zoomed = false;
    this.from = 0;
    this.to = Math.max(this.model.now, 1000);
    this.onChange();
  }

  move(by) {
    const span = this.span();
    this.from = Math.min(Math.max(this.from + by, -span / 2), Math.max(0, this.model.now - span / 4));
    this.to = this.from + span;
    this.follow(false);
  }

  zoom(factor, at) {
    this.zoomed = true;
    const span = Math.min(Math.max(this.span() * factor, SHORTEST_VIEW), Math.max(this.model.now * 2, WINDOW));
    const share = (at - this.from) / this.span();
    if (this.follows) {
      this.from = this.to - span;
    } else {
      this.from = at - share * span;
      this.to = this.from + span;
    }
    this.onChange();
  }

  advance(now) {
    if (!this.follows) {
      return;
    }
    const span = this.zoomed ? this.span() : Math.min(Math.max(now, SHORTEST_WINDOW), WINDOW);
    this.to = Math.max(now, span);
    this.from = this.to - span;
  }

  /* ---------------- Rows ---------------- */

  layout() {
    const shown = this.model.shown(this.options.executor);
    const lanes = shown.reduce((sum, index) => sum + this.model.executors[index].lanes.length, 0);
    const height = lanes <= 8 ? 24 : lanes <= 16 ? 20 : lanes <= 32 ? 15 : lanes <= 64 ? 9 : lanes <= 128 ? 6 : 4;
    this.rows = new Map();
    let y = TOP;
    for (const index of shown) {
      if (shown.length > 1) {
        y += GROUP;
      }
      this.model.executors[index].lanes.forEach((label, lane) => {
        this.rows.set(index * 65536 + lane, {y, label, executor: index, lane});
        y += height;
      });
    }
    this.rowHeight = height;
    this.bottom = Math.max(y, TOP + 60);
    return this.bottom + AXIS;
  }

  /* ---------------- Drawing ---------------- */

  draw() {
    const {pen, width} = prepare(this.canvas, this.layout());
    this.drawGrid(pen, width);
    this.drawLabels(pen, width);
    pen.save();
    pen.beginPath();
    pen.rect(GUTTER, 0, width - GUTTER - 12, this.bottom);
    pen.clip();
    this.drawSpans(pen);
    this.drawRunning(pen);
    pen.restore();
    if (this.rows.size === 0) {
      pen.fillStyle = css('faint');
      pen.fillText('No workers yet', GUTTER + 12, TOP + 30);
    }
  }

  drawGrid(pen, width) {
    const step = timeStep(this.span(), Math.max(2, this.plotWidth() / 110));
    pen.fillStyle = css('soft');
    pen.strokeStyle = css('grid');
    pen.textAlign = 'center';
    pen.beginPath();
    for (let time = Math.max(0, Math.ceil(this.from / step) * step); time <= this.to; time += step) {
      const x = Math.round(this.x(time)) + 0.5;
      pen.moveTo(x, TOP);
      pen.lineTo(x, this.bottom);
      if (x > GUTTER + 8 && x < width - 26) {
        pen.fillText(timeLabel(time, step), x, this.bottom + AXIS / 2);
      }
    }
    pen.stroke();
    pen.strokeStyle = css('line');
    pen.beginPath();
    pen.moveTo(GUTTER + 0.5, TOP);
    pen.lineTo(GUTTER + 0.5, this.bottom + 0.5);
    pen.lineTo(width - 12, this.bottom + 0.5);
    pen.stroke();
  }

  drawLabels(pen, width) {
    const every = Math.ceil(12 / this.rowHeight);
    pen.textAlign = 'right';
    let executor = -1;
    for (const row of this.rows.values()) {
      if (this.rowHeight >= 9 && row.lane % 2 === 0) {
        pen.fillStyle = css('row');
        pen.fillRect(GUTTER + 1, row.y, width - GUTTER - 13, this.rowHeight);
      }
      if (row.lane % every === 0) {
        pen.fillStyle = css('soft');
        pen.fillText(cut(pen, row.label, GUTTER - 20), GUTTER - 8, row.y + Math.max(this.rowHeight, 12) / 2);
      }
      if (this.model.executors.length > 1 && this.options.executor < 0 && row.executor !== executor) {
        executor = row.executor;
        pen.fillStyle = css('text');
        pen.textAlign = 'left';
        pen.fillText(this.model.executors[executor].name, 12, row.y - GROUP / 2 + 2);
        pen.textAlign = 'right';
      }
    }
    pen.textAlign = 'left';
  }

  drawSpans(pen) {
    this.hatching = this.hatching || this.hatch(pen);
    const last = new Map();
    const colors = this.model.names.map((task, index) => colorOf(index, task.name));
    const inner = [];
    for (const span of this.model.spans) {
      if (span[3] + span[4] < this.from || span[3] > this.to) {
        continue;
      }
      if (span.length > 8) {
        inner.push(span); // a task that another one ran while it waited, drawn on top of that
      } else {
        this.drawSpan(pen, span, colors, last, 0);
      }
    }
    inner.sort((a, b) => a[8] - b[8]).forEach(span => this.drawSpan(pen, span, colors, new Map(), span[8]));
    pen.globalAlpha = 1;
  }

  drawSpan(pen, span, colors, last, depth) {
    const key = span[0] * 65536 + span[1];
    const row = this.rows.get(key);
    if (row === undefined) {
      return;
    }
    const x = Math.max(this.x(span[3]), GUTTER - 4);
    const wide = Math.max(1, Math.min(this.x(span[3] + span[4]), GUTTER + this.plotWidth() + 4) - x);
    const plain = span[6] === Outcome.SUCCEEDED;
    if (wide <= 1 && plain) {
      if (last.get(key) === Math.floor(x)) {
        return;
      }
      last.set(key, Math.floor(x));
    }
    pen.globalAlpha = this.options.name >= 0 && this.options.name !== span[2] ? 0.12 : 1;
    pen.fillStyle = plain ? colors[span[2]] : span[6] === Outcome.FAILED ? css('failed') : css('cancelled');
    const inset = Math.min(depth * 3, this.rowHeight / 2 - 1);
    const place = [x, row.y + 1 + inset, wide - (wide > 4 ? 0.6 : 0), this.tall() - 2 * inset];
    pen.fillRect(...place);
    if (!plain && wide > 3) {
      pen.fillStyle = this.hatching;
      pen.fillRect(...place);
    }
  }

  tall() {
    return this.rowHeight - (this.rowHeight > 6 ? 2 : 1);
  }

  drawRunning(pen) {
    const tall = this.tall();
    for (const task of this.model.running) {
      const row = this.rows.get(task.executor * 65536 + task.lane);
      if (row === undefined || task.start > this.to || this.model.now < this.from) {
        continue;
      }
      const x = Math.max(this.x(task.start), GUTTER - 4);
      const wide = Math.max(1, this.x(this.model.now) - x);
      const color = colorOf(task.task, this.model.names[task.task].name);
      pen.globalAlpha = this.options.name >= 0 && this.options.name !== task.task ? 0.08 : 0.45;
      pen.fillStyle = color;
      pen.fillRect(x, row.y + 1, wide, tall);
      pen.globalAlpha *= 2;
      pen.strokeStyle = color;
      pen.strokeRect(x + 0.5, row.y + 1.5, Math.max(0.5, wide - 1), tall - 1);
      pen.globalAlpha = 1;
    }
  }

  hatch(pen) {
    const tile = document.createElement('canvas');
    tile.width = tile.height = 6;
    const brush = tile.getContext('2d');
    brush.strokeStyle = 'rgb(255 255 255 / 45%)';
    brush.lineWidth = 1.3;
    brush.beginPath();
    for (const shift of [-6, 0, 6]) {
      brush.moveTo(shift - 1, 7);
      brush.lineTo(shift + 7, -1);
    }
    brush.stroke();
    return pen.createPattern(tile, 'repeat');
  }

  /* ---------------- Mouse and keys ---------------- */

  listen() {
    const canvas = this.canvas;
    canvas.addEventListener('wheel', event => {
      event.preventDefault();
      if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        this.move(event.deltaX / this.plotWidth() * this.span());
      } else {
        this.zoom(1.0015 ** Math.max(-300, Math.min(300, event.deltaY)), this.timeAt(event.offsetX));
      }
    }, {passive: false});
    canvas.addEventListener('pointerdown', event => {
      canvas.setPointerCapture(event.pointerId);
      this.dragged = {x: event.offsetX, from: this.from, span: this.span()};
    });
    canvas.addEventListener('pointermove', event => {
      this.pointer = {x: event.offsetX, y: event.offsetY};
      if (this.dragged) {
        const moved = (this.dragged.x - event.offsetX) / this.plotWidth() * this.dragged.span;
        if (Math.abs(event.offsetX - this.dragged.x) > 2) {
          this.move(this.dragged.from + moved - this.from);
        }
      }
      this.onChange();
    });
    canvas.addEventListener('pointerup', () => this.dragged = null);
    canvas.addEventListener('pointercancel', () => this.dragged = null);
    canvas.addEventListener('pointerleave', () => {
      this.pointer = null;
      this.onChange();
    });
    canvas.addEventListener('keydown', event => this.key(event));
  }

  key(event) {
    const middle = (this.from + this.to) / 2;
    const acts = {
      'ArrowLeft': () => this.move(-this.span() / 8),
      'ArrowRight': () => this.move(this.span() / 8),
      '+': () => this.zoom(1 / 1.5, middle),
      '=': () => this.zoom(1 / 1.5, middle),
      '-': () => this.zoom(1.5, middle),
      '0': () => this.wholeRun(),
      'End': () => this.follow(true),
    };
    if (acts[event.key] && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      acts[event.key]();
    }
  }

  /** The task under the pointer: the last one that is drawn there. */
  found() {
    if (!this.pointer || this.dragged || this.pointer.x < GUTTER) {
      return null;
    }
    const row = [...this.rows.values()].find(at => this.pointer.y >= at.y && this.pointer.y < at.y + this.rowHeight);
    if (!row) {
      return null;
    }
    const slack = this.span() / this.plotWidth() * 1.5;
    const time = this.timeAt(this.pointer.x);
    let best = null;
    for (const span of this.model.spans) {
      if (span[0] === row.executor && span[1] === row.lane && time >= span[3] - slack && time <= span[3] + span[4] + slack
          && (best === null || distance(span, time) <= distance(best, time))) {
        best = span;
      }
    }
    const running = this.model.running.find(task => task.executor === row.executor && task.lane === row.lane);
    return running && time >= running.start - slack && time <= this.model.now
        && (best === null || distance(best, time) > 0) ? {row, running} : best && {row, span: best};
  }

  showTip() {
    const found = this.found();
    this.tip.hidden = !found;
    if (!found) {
      return;
    }
    this.tip.replaceChildren(...describe(found, this.model));
    const place = this.canvas.getBoundingClientRect();
    const left = Math.min(this.pointer.x + 14, place.width - this.tip.offsetWidth - 8);
    const below = this.pointer.y + 16;
    const top = below + this.tip.offsetHeight > place.height + 40 ? this.pointer.y - this.tip.offsetHeight - 10 : below;
    this.tip.style.transform = `translate(${Math.max(4, left)}px, ${top}px)`;
  }
}

function distance(span, time) {
  return Math.max(0, span[3] - time, time - span[3] - span[4]);
}

function describe(found, model) {
  const {row, span, running} = found;
  const name = model.names[span ? span[2] : running.task].name;
  const facts = span
      ? [['outcome', ['succeeded', 'failed', 'cancelled'][span[6]]], ['ran', duration(span[4])],
        ['waited', duration(span[5])], ['began at', duration(span[3])], ['number', String(span[7])]]
      : [['outcome', 'running'], ['so far', duration(model.now - running.start)], ['waited', duration(running.wait)],
        ['began at', duration(running.start)], ['number', String(running.id)]];
  const list = element('dl');
  for (const [term, value] of [['worker', row.label], ...facts]) {
    list.append(element('dt', '', term), element('dd', value === 'failed' ? 'failed-text' : '', value));
  }
  return [element('b', '', name), list];
}

/** As much of a text as fits. */
function cut(pen, text, width) {
  if (pen.measureText(text).width <= width) {
    return text;
  }
  let length = text.length;
  while (length > 1 && pen.measureText('…' + text.slice(-length)).width > width) {
    length--;
  }
  return '…' + text.slice(-length);
}
