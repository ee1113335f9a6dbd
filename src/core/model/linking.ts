import type { Ref } from './text.ts'

/** Some pods as the canvas shows them. Plain data. */
export interface PodSet {
  /** Ids of the workloads that they are of, in workspace order. */
  readonly cards: readonly string[]
  /** How many there are surely … */
  readonly pods: number
  /** … and how many more there may be, as far as is known. */
  readonly perhaps: number
  /** For people: `3 pods in 2 workloads: web, api`. */
  readonly text: string
}

/** One `-` item of a list of peers: which pods it stands for. */
export interface PeerItem {
  readonly ref: Ref
  /** For people, above its line: `adds 2 pods`. */
  readonly text: string
  readonly set: PodSet
}

/** What a list of peers would mean if it were written another way. */
export interface WhatIf {
  /** For people: `As one item (AND): 1 pod: web`. */
  readonly text: string
  readonly set: PodSet
}

/** A list of peers taken apart: who comes in by which item, and what one `-` more or less would make of it. */
export interface PeerList {
  readonly rule: Ref
  readonly items: readonly PeerItem[]
  readonly whatIfs: readonly WhatIf[]
}

/** A line that decides nothing now, and why, for people: `No effect now: rule 2 allows this already.` */
export interface DeadLine {
  readonly ref: Ref
  readonly why: string
  /** Only this text within the place is meant: one address range of an `except`. */
  readonly within?: string | undefined
}

/** What a policy comes to, for the line above it. */
export interface PolicyLens {
  /** The whole document. */
  readonly ref: Ref
  readonly name: string
  /** For people: `selects 3 pods · allows 5 connections`. */
  readonly text: string
  /** Ids of the workloads that it selects. */
  readonly cards: readonly string[]
  /** Ids of the edges that its rules name or decide. */
  readonly edges: readonly string[]
}
