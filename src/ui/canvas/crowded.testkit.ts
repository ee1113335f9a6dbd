import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type { Picture } from '#core/model/picture.ts'
import { file, openBench } from '#engine/engine.testkit.ts'
import { LESSONS } from '#lessons/index.ts'
import { SAMPLES } from '#state/samples.ts'
import { overlaps, type Rect } from './geometry.ts'
import { layOut, NO_LAYOUT, type Layout } from './layout.ts'
import { extentOf, LABEL_HEIGHT, markAll, SIGN, type Marks } from './marks.ts'
import { rectsOf } from './flow.ts'
import { headsOf, routeAll, type Course, type Ground } from './route.ts'
import { boxNodeId, linksOf, sceneOf, specsOf, type Scene } from './scene.ts'

/** A picture as it is first drawn: everything that has a place on the canvas. */
export interface Sheet {
  readonly scene: Scene
  readonly layout: Layout
  readonly courses: ReadonlyMap<string, Course>
  readonly marks: ReadonlyMap<string, Marks>
  readonly extent: Rect
}

type Texts = readonly { readonly path: string; readonly text: string }[]

/** The picture of these texts. */
export async function pictureOf(texts: Texts): Promise<Picture> {
  const files = texts.map(({ path, text }) => file(path, text))
  return openBench().change({ type: 'workspace', files })
}

/** What the canvas draws of a picture with checks and rules on, and nothing selected. */
export function sheetOf(picture: Picture): Sheet {
  const layers = { checks: true, rules: true, reach: false }
  const scene = sceneOf(picture, [], { layers, placed: [], closed: new Set() })
  const layout = layOut({ ...specsOf(scene), links: linksOf(picture), positions: {} }, NO_LAYOUT)
  const rects = rectsOf(scene, layout, undefined)
  const open = new Set(scene.boxes.map((box) => boxNodeId(box.card.name)))
  const ground: Ground = {
    rects: new Map([...rects].map(([id, rect]) => [id, { rect, type: open.has(id) ? 'box' : 'card' }])),
  }
  const courses = routeAll(scene.lines, ground)
  const cards = [...ground.rects.values()].filter(({ type }) => type === 'card').map(({ rect }) => rect)
  const marks = markAll(scene.lines, courses, { cards, heads: headsOf(ground) })
  return { scene, layout, courses, marks, extent: extentOf(rects.values(), courses, marks) }
}

/** Pairs of things that lie on each other, at least one of them a label or a sign: what lies on what. */
export function collisionsOf({ scene, layout, marks }: Sheet): string[] {
  const drawn = scene.lines.flatMap((line) => {
    const mark = marks.get(line.id)
    return mark === undefined
      ? []
      : [...(line.label === '' ? [] : [labelBox(line.id, mark)]), ...signBoxes(line.id, mark)]
  })
  const fixed = [...layout.cards, ...layout.outside].flatMap(([id, rect]) => [
    { name: `card ${id}`, rect },
    ...(id.includes('/') && layout.cards.has(id) ? locksOf(id, rect) : []),
  ])
  const heads = [...layout.boxes].map(([id, rect]) => ({ name: `head ${id}`, rect: { ...rect, height: 36 } }))
  return drawn.flatMap((one, index) =>
    [...drawn.slice(index + 1), ...fixed, ...heads].flatMap((other) =>
      overlaps(one.rect, other.rect, -1) ? `${one.name} × ${other.name}` : [],
    ),
  )
}

interface Named {
  readonly name: string
  readonly rect: Rect
}

function labelBox(id: string, { label, labelWidth }: Marks): Named {
  const rect = { x: label.x - labelWidth / 2, y: label.y - LABEL_HEIGHT / 2, width: labelWidth, height: LABEL_HEIGHT }
  return { name: `label ${id}`, rect }
}

function signBoxes(id: string, { signs }: Marks): Named[] {
  return signs.map(({ x, y }) => ({
    name: `sign ${id}`,
    rect: { x: x - SIGN / 2, y: y - SIGN / 2, width: SIGN, height: SIGN },
  }))
}

function locksOf(id: string, { x, y, width }: Rect): Named[] {
  return [x - 9, x + width - 9].map((left) => ({
    name: `lock ${id}`,
    rect: { x: left, y: y + 7, width: 18, height: 18 },
  }))
}

const SHARED = new URL('../../../../shared/samples/', import.meta.url)

/** What is drawn in lessons and samples, by name: the living sample first. Samples of the sister folder only where it is here. */
export function allTexts(): Map<string, Texts> {
  const shared = existsSync(SHARED) ? readdirSync(SHARED) : []
  if (shared.length === 0)
    console.warn(`NOT TESTED: the samples of the sister folder are not here (${SHARED.pathname}).`)
  return new Map<string, Texts>([
    ...SAMPLES.map((sample) => [`sample ${sample.name}`, sample.files] as const),
    ...shared.map((name) => [`shared ${name}`, readAll(new URL(`${name}/`, SHARED))] as const),
    ...LESSONS.map((lesson) => [`lesson ${lesson.id}`, lesson.files] as const),
  ])
}

function readAll(folder: URL): Texts {
  return readdirSync(folder)
    .toSorted()
    .map((path) => ({ path, text: readFileSync(new URL(path, folder), 'utf8') }))
}
