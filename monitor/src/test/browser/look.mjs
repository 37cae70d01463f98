// SPDX-License-Identifier: Apache-2.0
//
// Opens a monitor in Chromium, uses it as a person would, and fails if it is not as it should be.
//
//     node look.mjs ADDRESS FOLDER
//
// ADDRESS is that of the monitor of Demo, FOLDER where pictures go. It speaks the DevTools protocol itself, so nothing has
// to be installed but Chromium and Node.
import {spawn} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';

const [address, folder] = process.argv.slice(2);
const profile = mkdtempSync(join(tmpdir(), 'monitor-'));
const chromium = spawn(process.env.CHROMIUM || 'chromium', [
  '--headless=new', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--remote-debugging-pipe',
  `--user-data-dir=${profile}`, '--window-size=1440,1000', 'about:blank',
], {stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe']});

/* ---------------- The protocol ---------------- */

const answers = new Map();
const problems = [];
let last = 0;
let session;
let received = '';

chromium.stdio[4].on('data', chunk => {
  received += chunk;
  for (let end = received.indexOf('\0'); end >= 0; end = received.indexOf('\0')) {
    hear(JSON.parse(received.slice(0, end)));
    received = received.slice(end + 1);
  }
});

function hear(message) {
  if (message.id) {
    answers.get(message.id)(message);
    answers.delete(message.id);
  } else if (message.method === 'Runtime.exceptionThrown') {
    problems.push('exception: ' + JSON.stringify(message.params.exceptionDetails.exception?.description));
  } else if (message.method === 'Log.entryAdded' && message.params.entry.level === 'error') {
    problems.push('log: ' + message.params.entry.text + ' ' + (message.params.entry.url || ''));
  } else if (message.method === 'Page.javascriptDialogOpening') {
    problems.push('a name was run as a script: ' + message.params.message);
  }
}

function send(method, params = {}) {
  const id = ++last;
  chromium.stdio[3].write(JSON.stringify({id, method, params, sessionId: session}) + '\0');
  return new Promise((done, fail) => answers.set(id, message => message.error ? fail(new Error(method + ': '
      + message.error.message)) : done(message.result)));
}

async function evaluate(expression) {
  const result = await send('Runtime.evaluate', {expression, awaitPromise: true, returnByValue: true});
  if (result.exceptionDetails) {
    throw new Error(expression + ': ' + result.exceptionDetails.exception.description);
  }
  return result.result.value;
}

async function until(what, expression, seconds = 20) {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await pause(100)) {
    if (await evaluate(expression)) {
      console.log('ok   ' + what);
      return;
    }
  }
  problems.push('not so: ' + what);
  console.log('FAIL ' + what);
}

const pause = millis => new Promise(done => setTimeout(done, millis));

async function open(url, width, height) {
  await send('Emulation.setDeviceMetricsOverride', {width, height, deviceScaleFactor: 1, mobile: false});
  await send('Page.navigate', {url});
  await until('the page is there', 'document.readyState === "complete" && typeof model === "object"');
}

async function picture(name) {
  const height = await evaluate('Math.ceil(document.documentElement.scrollHeight)');
  const width = await evaluate('innerWidth');
  await send('Emulation.setDeviceMetricsOverride', {width, height, deviceScaleFactor: 1, mobile: false});
  await pause(600);
  const {data} = await send('Page.captureScreenshot', {format: 'png'});
  writeFileSync(join(folder, name), Buffer.from(data, 'base64'));
}

const mouse = (type, x, y, more = {}) => send('Input.dispatchMouseEvent', {type, x, y, ...more});

/* ---------------- What a person does ---------------- */

/** A run that is too long to be kept whole is thinned out, and goes on from its beginning. */
async function long() {
  const spans = 'Array.from({length: 1000}, (_, i) => [0, 0, 0, i, i % 10])';
  await until('a long run keeps its beginning', `(kept => kept.length > 300 && kept.length < 700 && kept[0][3] < 20
      && kept.at(-250)[3] === 750 && kept.at(-1)[3] === 999)(thinned(${spans}))`);
}

/** Messages that a page has held back are not those that follow a new begin. */
async function begunAnew() {
  await evaluate('document.querySelector("#pause").click(); waiting.push({spans: [[0, 0, 0, 0, 0, 0, 0, 0]]})');
  await evaluate('receive({reset: true, live: true, title: model.title, executors: model.executors, spans: [], names: model.names})');
  await until('a new begin drops what was held back', 'waiting.length >= 1 && waiting[0].reset === true');
  await evaluate('waiting = []; document.querySelector("#pause").click()');
}

async function live() {
  await open(address, 1440, 1000);
  await until('it is live', 'document.querySelector("#status").textContent === "live"');
  await until('the token has left the address', 'location.search === ""');
  await until('scripts cannot read the cookie', 'document.cookie === ""');
  await until('tasks are drawn', 'model.spans.length > 300');
  await until('all rows are there from the start', 'model.executors[0].lanes.length === 8');
  await until('a failure is listed', 'document.querySelectorAll("#failures details").length > 0', 60);
  await picture('monitor.png');
  await evaluate('document.querySelector("#theme").click()');
  await picture('monitor-dark.png');
  await evaluate('document.querySelector("#theme").click()');
}

async function zoomAndHover() {
  const place = JSON.parse(await evaluate('JSON.stringify(document.querySelector("#stream-canvas").getBoundingClientRect())'));
  const [x, y] = [place.x + place.width * 0.7, place.y + 40];
  const wide = await evaluate('stream.span()');
  await mouse('mouseWheel', x, y, {deltaX: 0, deltaY: -1200});
  await until('the wheel zooms', `stream.span() < ${wide} * 0.8`);
  await evaluate('document.querySelector("#pause").click()');
  for (let lane = 0; lane < 8 && await evaluate('document.querySelector("#tip").hidden'); lane++) {
    await mouse('mouseMoved', x + lane, y + lane * 14);
    await pause(300);
  }
  await until('a task is described', '!document.querySelector("#tip").hidden');
  await picture('monitor-task.png');
  const before = await evaluate('stream.from');
  await mouse('mousePressed', x, y, {button: 'left', buttons: 1, clickCount: 1});
  await mouse('mouseMoved', x + 200, y, {button: 'left', buttons: 1});
  await mouse('mouseReleased', x + 200, y, {button: 'left'});
  await until('dragging pans', `stream.from < ${before} && !stream.follows`);
  await evaluate('document.querySelector("#stream-canvas").focus()');
  await send('Input.dispatchKeyEvent', {type: 'keyDown', key: '0', text: '0'});
  await until('the key 0 shows the whole run', 'stream.from === 0');
  await until('what comes meanwhile waits', 'waiting.length > 0');
  await evaluate('document.querySelector("#pause").click(); document.querySelector("#follow").click()');
  await until('it goes on', 'waiting.length === 0 && stream.follows');
}

async function cancel() {
  await until('a long task runs', 'model.running.some(task => model.names[task.task].name === "upload backup")');
  const row = '[...document.querySelectorAll("#running tbody tr")].find(row => row.textContent.includes("upload backup"))';
  await evaluate(`${row}.querySelector("button").click()`);
  await until('it asks first', 'document.querySelector("#confirm").open');
  await evaluate('document.querySelector("#confirm [value=no]").click()');
  await pause(600);
  await until('nothing is cancelled without consent', `${row} !== undefined`);
  await evaluate(`${row}.querySelector("button").click(); document.querySelector("#confirm [value=yes]").click()`);
  await until('the task is cancelled', 'model.names.some(task => task.name === "upload backup" && task.cancelled === 1)');
}

async function hostile() {
  await until('a hostile name is text', 'document.querySelector("#progress").textContent.includes("<img src=x onerror=alert(1)>")', 60);
  await until('and nothing else', 'document.querySelectorAll("img, table script").length === 0');
}

async function saved() {
  const report = join(profile, 'report.html');
  writeFileSync(report, await evaluate('fetch("report.html").then(answer => answer.text())'));
  await open(pathToFileURL(report).href, 1440, 1000);
  await until('the report shows the whole run', 'stream.from === 0 && model.spans.length > 300 && !model.live');
  await until('it has nothing to pause or cancel', '[...document.querySelectorAll("#running button")].every(button => button.hidden)');
  await evaluate('document.querySelector("#failures details").open = true');
  await picture('monitor-report.png');
}

const watchdog = setTimeout(() => {
  console.log('FAIL it takes too long');
  chromium.kill();
  process.exit(2);
}, 180_000);
try {
  const {targetInfos} = await send('Target.getTargets');
  const page = targetInfos.find(target => target.type === 'page');
  session = (await send('Target.attachToTarget', {targetId: page.targetId, flatten: true})).sessionId;
  for (const domain of ['Page', 'Runtime', 'Log']) {
    await send(domain + '.enable');
  }
  await live();
  await long();
  await begunAnew();
  await zoomAndHover();
  await cancel();
  await hostile();
  await saved();
} finally {
  clearTimeout(watchdog);
  chromium.kill();
  await new Promise(done => chromium.on('exit', done));
  rmSync(profile, {recursive: true, force: true, maxRetries: 5});
}
problems.forEach(problem => console.log('FAIL ' + problem));
process.exit(problems.length === 0 ? 0 : 1);
