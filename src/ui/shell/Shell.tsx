import { lazy, type RefObject, Suspense, useEffect, useRef } from 'react'
import { Group, Panel, Separator } from 'react-resizable-panels'
import { DropOverlay } from '#ui/files/DropOverlay.tsx'
import { LeftPanel } from '#ui/files/LeftPanel.tsx'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { EditorPane } from '#ui/editor/EditorPane.tsx'
import { useSealed } from '#ui/lessons/useSealed.ts'
import { Banners } from './Banners.tsx'
import { Centre } from './Centre.tsx'
import { Dialogs } from './Dialogs.tsx'
import { Drawer } from './Drawer.tsx'
import { Header } from './Header.tsx'
import { listenToPage } from './listenToPage.ts'
import styles from './shell.module.css'
import { StatusBar } from './StatusBar.tsx'
import { useTheme } from './useTheme.ts'

// Lessons are for those who take them.
const LessonSide = lazy(async () => ({ default: (await import('#ui/lessons/LessonSide.tsx')).LessonSide }))

/** The frame: header, the three panels, status bar, and what lies over them. */
export function Shell() {
  const app = useApp()
  const left = useStore(app.view, (state) => state.panels.left)
  const right = useStore(app.view, (state) => state.panels.right)
  const lesson = useStore(app.teaching.store, (state) => state.open !== undefined)
  const isLarge = useStore(app.view, (state) => state.theme === 'projector')
  const frame = useRef<HTMLDivElement>(null)
  useTheme()
  useSealed()
  usePageKeys(frame)
  return (
    <div ref={frame} className={styles.shell}>
      <Header />
      <Banners />
      <Group orientation="horizontal" className={styles.body}>
        {left && (
          <>
            {lesson ? (
              <Panel
                id={isLarge ? 'large-lesson' : 'lesson'}
                defaultSize={isLarge ? 430 : 340}
                minSize={260}
                maxSize={700}
                groupResizeBehavior="preserve-pixel-size"
              >
                <Suspense>
                  <LessonSide files={<LeftPanel />} />
                </Suspense>
              </Panel>
            ) : (
              <Panel
                id={isLarge ? 'large-left' : 'left'}
                defaultSize={isLarge ? 250 : 216}
                minSize={180}
                maxSize={420}
                groupResizeBehavior="preserve-pixel-size"
              >
                <LeftPanel />
              </Panel>
            )}
            <Separator className={styles.upright} aria-label="Width of the left panel" />
          </>
        )}
        <Panel id="centre" minSize={340}>
          <Centre />
        </Panel>
        {right && (
          <>
            <Separator className={styles.upright} aria-label="Width of the right panel" />
            <Panel id="right" defaultSize={428} minSize={300} groupResizeBehavior="preserve-pixel-size">
              <RightPanel />
            </Panel>
          </>
        )}
      </Group>
      <StatusBar />
      <DropOverlay />
      <Dialogs />
    </div>
  )
}

function RightPanel() {
  const app = useApp()
  const open = useStore(app.view, (state) => state.panels.bottom !== 'none')
  return (
    <div className={styles.right}>
      <Group orientation="vertical" className={styles.stack}>
        <Panel id="text" minSize={120}>
          <section className={styles.fill} aria-label="Text" data-region tabIndex={-1}>
            <h2 className="visually-hidden">Text</h2>
            <EditorPane />
          </section>
        </Panel>
        {open && (
          <>
            <Separator className={styles.level} aria-label="Height of the lower panel" />
            <Panel id="drawer" defaultSize="52%" minSize={120}>
              <Drawer />
            </Panel>
          </>
        )}
      </Group>
      {!open && <Drawer />}
    </div>
  )
}

function usePageKeys(frame: RefObject<HTMLElement | null>): void {
  const app = useApp()
  useEffect(() => (frame.current ? listenToPage(app, frame.current) : undefined), [app, frame])
}
