import { createStore } from 'zustand/vanilla'
import type { Intent, Plan } from '#core/model/intent.ts'
import type { Edge, Picture } from '#core/model/picture.ts'
import type { Actions, AnalysisState, App, DocumentsState, WorkspaceFile } from '#state/app.ts'
import type { ViewState } from '#state/view.ts'
import type { Teaching, TeachingState } from '#state/lessons/teaching.ts'

/** An app without an engine: stores that a test fills, and actions that only write down that they were called. */
export interface FakeApp extends App {
  readonly calls: readonly (readonly [keyof Actions | keyof Teaching, ...unknown[]])[]
}

/** Builds one; parts that are not given are empty. */
export function fakeApp(
  parts: {
    readonly documents?: Partial<DocumentsState>
    readonly analysis?: Partial<AnalysisState>
    readonly view?: Partial<ViewState>
    readonly teaching?: Partial<TeachingState>
  } = {},
): FakeApp {
  const calls: (readonly [keyof Actions | keyof Teaching, ...unknown[]])[] = []
  const note =
    (name: string | symbol) =>
    (...given: unknown[]) => {
      calls.push([name as keyof Actions, ...given])
      return Promise.resolve()
    }
  const actions = new Proxy({} as Actions, { get: (_, name) => note(name) })
  const lessons = createStore<TeachingState>(() => ({
    lessons: [],
    courses: [],
    progress: new Map(),
    truths: [],
    instructor: false,
    name: '',
    ...parts.teaching,
  }))
  const teaching = new Proxy({} as Teaching, { get: (_, name) => (name === 'store' ? lessons : note(name)) })
  return {
    calls,
    actions,
    teaching,
    documents: createStore<DocumentsState>(() => ({
      workspace: { id: 'w', name: 'shop' },
      workspaces: [{ id: 'w', name: 'shop', changed: 0 }],
      files: [],
      revision: 1,
      canUndo: false,
      canRedo: false,
      saving: { status: 'saved' },
      writable: true,
      ...parts.documents,
    })),
    analysis: createStore<AnalysisState>(() => ({
      pending: false,
      reach: [],
      fixes: [],
      changes: { revision: 0, edges: [] },
      ...parts.analysis,
    })),
    view: createStore<ViewState>(() => ({
      positions: {},
      layers: { checks: true, rules: true, reach: true },
      reachDenied: false,
      centre: 'graph',
      changesSince: 'edit',
      comparing: false,
      highlights: [],
      highlightedEdges: [],
      linked: { cards: [], hovered: [], shown: 0 },
      theme: 'system',
      panels: { left: true, right: true, bottom: 'why' },
      placed: [],
      closedNamespaces: [],
      notices: [],
      planStyle: 'per-workload',
      ...parts.view,
    })),
  }
}

/** A picture with nothing in it but what is given. */
export function fakePicture(parts: Partial<Picture> = {}): Picture {
  return {
    revision: 1,
    namespaces: [],
    workloads: [],
    outside: [],
    edges: [],
    documents: [],
    problems: [],
    checks: [],
    counts: {
      documents: 0,
      workloads: 0,
      pods: 0,
      namespaces: 0,
      policies: 0,
      services: 0,
      ignored: 0,
      defaulted: 0,
      unloadedNamespaces: 0,
      unevaluated: [],
      ignoredKinds: [],
    },
    ...parts,
  }
}

/** An edge between two Deployments of the namespace shop. */
export function fakeEdge(from: string, to: string, parts: Partial<Edge> = {}): Edge {
  const status = parts.status ?? 'allowed'
  return {
    id: `${from}→${to}`,
    layers: ['rules'],
    from: { namespace: 'shop', workload: `Deployment/${from}` },
    to: { namespace: 'shop', workload: `Deployment/${to}` },
    ports: 'TCP 80',
    label: 'TCP 80',
    name: `shop/${from} → shop/${to} TCP 80: ${status}`,
    status,
    blockedAt: 'none',
    checks: [],
    rules: [],
    stale: false,
    ...parts,
  }
}

/** A file of the workspace as it was opened. */
export function fakeFile(path: string, text: string, parts: Partial<WorkspaceFile> = {}): WorkspaceFile {
  return { path, text, encoding: { charset: 'utf-8', bom: false }, opened: text, counts: true, ...parts }
}

/** A plan that changes nothing but what is given. */
export function fakePlan(intent: Intent, parts: Partial<Plan> = {}): Plan {
  return {
    intent,
    revision: 1,
    changes: [],
    title: '',
    sentences: [],
    opens: [],
    closes: [],
    other: [],
    dns: { lost: [], gained: [] },
    lines: { added: 0, removed: 0 },
    warnings: [],
    help: [],
    needsPreview: true,
    diagnostics: [],
    others: [],
    ...parts,
  }
}
