#!/usr/bin/env node
import process from 'node:process'
import { run } from './run.ts'
import { processTerminal } from './terminal.ts'

try {
  process.exitCode = await run(process.argv.slice(2), processTerminal(process))
} catch (error) {
  // Not 1, which says of `diff` that connections differ.
  process.exitCode = 2
  console.error('drawbridge: this is a bug of drawbridge, not of your manifests:', error)
}
