// SPDX-License-Identifier: Apache-2.0
'use strict';

/*
 * Two plots over the time that the task stream shows, so that what is above a queue that grows is what made it grow. Each
 * line is the sum over the executors that are shown.
 */
const PLOT_HEIGHT = 150;
const LEFT = 52;
const BASE = 22;
const HEAD = 12;

class Plot {
  constructor(canvas, legend, lines) {
    this.canvas = canvas;
    this.legend = legend;
    this.lines = lines; // {label, color, of: sums => value, area}
    for (const line of lines) {
      legend.append(element('i', 'key ' + line.color), line.label);
    }
    this.pointer = null;
    canvas.addEventListener('pointermove', event => this.pointer = event.offsetX);
    canvas.addEventListener('pointerleave', () => this.pointer = null);
  }

  draw(series, from, to) {
    const {pen, width, height} = prepare(this.canvas, PLOT_HEIGHT);
    this.area = {width: width - LEFT - 12, height: height - BASE - HEAD, from, to};
    const seen = series.filter(point => point.time >= from - point.width * 1000 && point.time - point.width * 1000 <= to);
    const values = this.lines.map(line => seen.map(line.of));
    const top = niceTop(Math.max(0, ...values.map(list => list.reduce((a, b) => Math.max(a, b), 0))));
    this.drawGrid(pen, top, width);
    pen.save();
    pen.beginPath();
    pen.rect(LEFT, HEAD - 2, this.area.width, this.area.height + 4);
    pen.clip();
    this.lines.forEach((line, index) => this.drawLine(pen, line, seen, values[index], top));
    pen.restore();
    this.drawPointer(pen, seen, values, top, width);
  }

  x(time) {
    return LEFT + (time - this.area.from) / (this.area.to - this.area.from) * this.area.width;
  }

  y(value, top) {
    return HEAD + this.area.height * (1 - value / top);
  }

  drawGrid(pen, top, width) {
    pen.strokeStyle = css('grid');
    pen.fillStyle = css('soft');
    pen.textAlign = 'right';
    pen.beginPath();
    const step = Math.max(roundStep(top, 3), top <= 3 ? 1 : 0);
    for (let value = 0; value <= top * 1.001; value += step) {
      const y = Math.round(this.y(value, top)) + 0.5;
      pen.moveTo(LEFT, y);
      pen.lineTo(width - 12, y);
      pen.fillText(brief(value), LEFT - 8, y);
    }
    pen.stroke();
    pen.textAlign = 'center';
    const wide = timeStep(this.area.to - this.area.from, Math.max(2, this.area.width / 100));
    for (let time = Math.max(0, Math.ceil(this.area.from / wide) * wide); time <= this.area.to; time += wide) {
      const x = this.x(time);
      if (x < width - 26) {
        pen.fillText(timeLabel(time, wide), x, HEAD + this.area.height + BASE / 2 + 2);
      }
    }
  }

  drawLine(pen, line, seen, values, top) {
    if (seen.length === 0 || (line.rare && values.every(value => value === 0))) {
      return;
    }
    const color = css(line.color);
    pen.beginPath();
    pen.moveTo(this.x(seen[0].time - seen[0].width * 1000), this.y(values[0], top));
    seen.forEach((point, index) => pen.lineTo(this.x(point.time), this.y(values[index], top)));
    pen.strokeStyle = color;
    pen.lineWidth = 1.5;
    pen.lineJoin = 'round';
    pen.stroke();
    pen.lineWidth = 1;
    if (line.area) {
      pen.lineTo(this.x(seen[seen.length - 1].time), this.y(0, top));
      pen.lineTo(this.x(seen[0].time - seen[0].width * 1000), this.y(0, top));
      pen.globalAlpha = 0.14;
      pen.fillStyle = color;
      pen.fill();
      pen.globalAlpha = 1;
    }
  }

  drawPointer(pen, seen, values, top, width) {
    if (this.pointer === null || this.pointer < LEFT || seen.length === 0) {
      return;
    }
    const at = seen.findIndex(point => this.x(point.time) >= this.pointer);
    const index = at < 0 ? seen.length - 1 : at;
    const x = Math.round(this.x(seen[index].time)) + 0.5;
    pen.strokeStyle = css('faint');
    pen.beginPath();
    pen.moveTo(x, HEAD);
    pen.lineTo(x, HEAD + this.area.height);
    pen.stroke();
    const text = this.lines.map((line, row) => `${brief(values[row][index])} ${line.label}`).join(', ');
    const right = pen.measureText(text).width + 16 > width - x;
    pen.textAlign = right ? 'right' : 'left';
    pen.fillStyle = css('card');
    const wide = pen.measureText(text).width + 8;
    pen.fillRect(right ? x - wide - 3 : x + 3, HEAD - 6, wide, 16);
    pen.fillStyle = css('text');
    pen.fillText(text, x + (right ? -7 : 7), HEAD + 2);
  }
}

function niceTop(most) {
  if (most <= 0) {
    return 1;
  }
  const step = roundStep(most, 3);
  return Math.ceil(most / step * 0.999) * step;
}

/** One series of the points of the executors that are shown: rates per second, and what held at the end. */
function summed(points, shown) {
  if (shown.length === 1) {
    return points.filter(point => point[0] === shown[0]).map(point => rates(point));
  }
  const byTime = new Map();
  for (const point of points) {
    if (!shown.includes(point[0])) {
      continue;
    }
    const sum = byTime.get(point[1]);
    if (sum === undefined) {
      byTime.set(point[1], [...point]);
    } else {
      for (let i = 3; i < point.length; i++) {
        sum[i] += point[i];
      }
    }
  }
  return [...byTime.values()].sort((a, b) => a[1] - b[1]).map(point => rates(point));
}

function rates(point) {
  const seconds = Math.max(point[2], 1) / 1000;
  return {time: point[1] * 1000, width: point[2], finished: point[3] / seconds, failed: point[4] / seconds,
    queued: point[5], running: point[6]};
}
