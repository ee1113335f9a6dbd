import { useSyncExternalStore } from 'react'
import { Group, Panel, Separator } from 'react-resizable-panels'
import { Canvas } from '#ui/canvas/Canvas.tsx'
import { CniBanner } from '#ui/cni/CniBanner.tsx'
import { EditorPane } from '#ui/editor/EditorPane.tsx'
import { EmbedBar } from '#ui/embed/EmbedBar.tsx'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { Notices } from './Notices.tsx'
import styles from './shell.module.css'
import { useTheme } from './useTheme.ts'

/** The frame of a page that is part of an article: canvas and text beside each other, above each other where it is narrow. */
export function EmbedShell() {
  const { analysis } = useApp()
  const isIdle = useStore(analysis, ({ picture }) => picture?.profile?.enforcesNothing !== undefined)
  const narrow = useNarrow()
  useTheme()
  return (
    <div className={styles.embed}>
      <EmbedBar />
      <Group key={String(narrow)} orientation={narrow ? 'vertical' : 'horizontal'} className={styles.body}>
        <Panel id="canvas" minSize={120} defaultSize="58%">
          <main className={styles.stage} aria-label="Graph" data-idle={isIdle}>
            <Canvas />
            <div className={styles.over}>
              <CniBanner />
            </div>
            <Notices />
          </main>
        </Panel>
        <Separator className={narrow ? styles.level : styles.upright} aria-label="Size of the graph" />
        <Panel id="text" minSize={100}>
          <section className={styles.fill} aria-label="Text">
            <h2 className="visually-hidden">Text</h2>
            <EditorPane />
          </section>
        </Panel>
      </Group>
    </div>
  )
}

const NARROW = '(max-width: 720px)'

function useNarrow(): boolean {
  return useSyncExternalStore(listen, () => matchMedia(NARROW).matches)
}

function listen(changed: () => void): () => void {
  const query = matchMedia(NARROW)
  query.addEventListener('change', changed)
  return () => query.removeEventListener('change', changed)
}
