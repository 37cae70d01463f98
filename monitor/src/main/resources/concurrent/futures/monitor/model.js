// SPDX-License-Identifier: Apache-2.0
'use strict';

/*
 * What the page knows. Times are microseconds since the monitor began. A message of the server replaces what it names,
 * but for `spans` and `points`, which are added to what is there.
 *
 * A span is [executor, lane, name, start, run, wait, outcome, id], with its depth if another task ran it while that
 * waited, a point [executor, time, width, finished, failed,
 * queued, running], where time and width are milliseconds and the others are what happened within the width or held at
 * its end.
 */
const Outcome = Object.freeze({SUCCEEDED: 0, FAILED: 1, CANCELLED: 2});
const MAX_SPANS = 120000;
const MAX_POINTS = 4800;

class Model {
  constructor() {
    this.clear();
  }

  clear() {
    this.title = 'Monitor';
    this.now = 0;
    this.live = false;
    this.token = null;
    this.executors = [];
    this.names = [];
    this.running = [];
    this.slowest = [];
    this.failures = [];
    this.seen = 0;
    this.spans = [];
    this.points = [];
  }

  take(message) {
    if (message.reset) {
      this.clear();
    }
    for (const [key, value] of Object.entries(message)) {
      if (key === 'spans' || key === 'points') {
        for (const item of value) {
          this[key].push(item);
        }
      } else {
        this[key] = value;
      }
    }
    if (this.spans.length > MAX_SPANS) {
      this.spans = thinned(this.spans);
    }
    if (this.points.length > MAX_POINTS * Math.max(1, this.executors.length)) {
      this.points = coarser(this.points);
    }
  }

  /** The executors to show: the one chosen, or all. */
  shown(chosen) {
    return chosen < 0 ? this.executors.map((_, index) => index) : [chosen];
  }
}

/** The latest quarter, and of what was before the longer half: so the whole run stays there, ever more coarsely. */
function thinned(spans) {
  const older = spans.slice(0, spans.length * 3 / 4);
  const runs = Float64Array.from(older, span => span[4]).sort();
  const middle = runs[runs.length >> 1];
  return older.filter((span, index) => span[4] > middle || (span[4] === middle && index % 2 === 0))
      .concat(spans.slice(older.length));
}

/** Joins each point with the next one of the same executor. */
function coarser(points) {
  const waiting = new Map();
  const joined = [];
  for (const point of points) {
    const first = waiting.get(point[0]);
    if (first === undefined) {
      waiting.set(point[0], point);
    } else {
      waiting.delete(point[0]);
      joined.push([point[0], point[1], first[2] + point[2], first[3] + point[3], first[4] + point[4], point[5], point[6]]);
    }
  }
  return joined.concat([...waiting.values()]);
}

/* ---------------- Colors ---------------- */

const PALETTE = [
  ['#4477cc', '#6c9bea'], ['#e08a2c', '#eba558'], ['#3a9d77', '#52b893'], ['#8e63c7', '#ab87e0'], ['#c4a21c', '#d8bb4a'],
  ['#2b9ab3', '#4db6cd'], ['#c25a95', '#dc7fb4'], ['#7a8f2a', '#9db24c'], ['#8a6d5a', '#b3937e'], ['#5967a8', '#8390cf'],
];

function isDark() {
  return document.documentElement.dataset.theme === 'dark';
}

/**
 * The first names get colors that are easy to tell apart, the others one that follows from the name. Those for tasks
 * without a name come first, and get what is at the end.
 */
function colorOf(index, name) {
  if (index < PALETTE.length) {
    return PALETTE[(index + PALETTE.length - 2) % PALETTE.length][isDark() ? 1 : 0];
  }
  let hash = 7;
  for (let i = 0; i < name.length; i++) {
    hash = (hash * 31 + name.charCodeAt(i)) >>> 0;
  }
  return `hsl(${20 + hash % 320} ${38 + (hash >>> 9) % 24}% ${isDark() ? 62 : 50}%)`; // no red, which means failed
}

const COLORS = new Map();

/** A color of the style sheet. Asking for it is slow, so it is kept for each theme. */
function css(name) {
  const key = document.documentElement.dataset.theme + name;
  if (!COLORS.has(key)) {
    COLORS.set(key, getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim());
  }
  return COLORS.get(key);
}

/* ---------------- Words ---------------- */

const WHOLE = new Intl.NumberFormat('en-US', {maximumFractionDigits: 0});

function count(value) {
  return WHOLE.format(value);
}

/** A number in about four places. */
function brief(value) {
  for (const [size, unit] of [[1e9, 'G'], [1e6, 'M'], [1e4, 'k']]) {
    if (Math.abs(value) >= size) {
      const scaled = value / (unit === 'k' ? 1e3 : size);
      return scaled.toFixed(scaled < 100 ? 1 : 0) + unit;
    }
  }
  return value >= 100 || Number.isInteger(value) ? count(value) : value.toFixed(value < 10 ? 1 : 0);
}

/** A duration, given in microseconds. */
function duration(micros) {
  if (micros < 0 || micros === null || micros === undefined) {
    return '–';
  }
  if (micros < 1000) {
    return Math.round(micros) + ' µs';
  }
  if (micros < 1e6) {
    return (micros / 1e3).toFixed(micros < 1e4 ? 2 : micros < 1e5 ? 1 : 0) + ' ms';
  }
  if (micros < 6e7) {
    return (micros / 1e6).toFixed(micros < 1e7 ? 2 : 1) + ' s';
  }
  const seconds = Math.round(micros / 1e6);
  const two = number => String(number).padStart(2, '0');
  return seconds < 3600
      ? `${Math.floor(seconds / 60)}:${two(seconds % 60)} min`
      : `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)} h`;
}

function bytes(value) {
  for (const [size, unit] of [[1 << 30, 'GB'], [1 << 20, 'MB'], [1 << 10, 'kB']]) {
    if (value >= size) {
      return (value / size).toFixed(value / size < 10 ? 1 : 0) + ' ' + unit;
    }
  }
  return value + ' B';
}

/** An element whose text is only ever text. */
function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) {
    made.className = className;
  }
  if (text !== undefined) {
    made.textContent = text;
  }
  return made;
}

/* ---------------- Canvas ---------------- */

/** Fits a canvas to its place and the screen's pixels, and returns what draws in CSS pixels. */
function prepare(canvas, height) {
  const scale = window.devicePixelRatio || 1;
  const width = canvas.clientWidth;
  if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(height * scale)) {
    canvas.style.height = height + 'px';
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
  }
  const pen = canvas.getContext('2d');
  pen.setTransform(scale, 0, 0, scale, 0, 0);
  pen.clearRect(0, 0, width, height);
  pen.font = '11px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif';
  pen.textBaseline = 'middle';
  return {pen, width, height};
}

/** A round distance of grid lines, such that about so many fit. */
function roundStep(range, lines) {
  const rough = range / lines;
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * [1, 2, 5, 10].find(factor => factor * power >= rough * 0.999);
}

/** Round times to label, in microseconds. */
function timeStep(range, lines) {
  const rough = range / lines;
  if (rough < 1e6) {
    return roundStep(range, lines);
  }
  const step = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200, 86400]
      .find(seconds => seconds * 1e6 >= rough * 0.999);
  return (step || Math.ceil(rough / 86400e6) * 86400) * 1e6;
}

function timeLabel(micros, step) {
  if (step < 1000) {
    return (micros / 1e3).toFixed(step < 100 ? 3 : 1) + ' ms';
  }
  if (step < 1e6) {
    return micros < 1e6 ? (micros / 1e3).toFixed(0) + ' ms' : (micros / 1e6).toFixed(step < 1e4 ? 3 : step < 1e5 ? 2 : 1) + ' s';
  }
  const seconds = Math.round(micros / 1e6);
  const two = number => String(number).padStart(2, '0');
  const short = `${Math.floor(seconds / 60) % 60}:${two(seconds % 60)}`;
  return seconds < 3600 ? short : `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
