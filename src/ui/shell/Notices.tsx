import { X } from 'lucide-react'
import type { Notice, NoticeOffer } from '#state/view.ts'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { Button, IconButton } from '#ui/kit/Button.tsx'
import styles from './shell.module.css'
import { UpdateCard } from './UpdateCard.tsx'

/** Messages about what has just happened; read out, and with Undo where it can be taken back. */
export function Notices() {
  const app = useApp()
  const notices = useStore(app.view, (state) => state.notices)
  return (
    <section className={styles.notices} aria-label="Messages" aria-live="polite">
      <UpdateCard />
      {notices.map((notice) => (
        <NoticeCard key={notice.id} notice={notice} />
      ))}
    </section>
  )
}

function NoticeCard({ notice }: { readonly notice: Notice }) {
  const { actions } = useApp()
  const undo = (): void => {
    actions.undo()
    actions.dismissNotice(notice.id)
  }
  const take = (offer: NoticeOffer): void => {
    actions.dismissNotice(notice.id)
    if ('intent' in offer) void actions.carryOut(offer.intent)
    else void actions.chooseAgain(offer.insteadOf)
  }
  return (
    <div className={`${styles.notice} ${styles[notice.tone]}`} {...(notice.tone === 'error' ? { role: 'alert' } : {})}>
      <p>{notice.text}</p>
      {notice.undo === true && !notice.offers && <Undo onUndo={undo} />}
      <IconButton label="Dismiss the message" small onClick={() => actions.dismissNotice(notice.id)}>
        <X size={14} aria-hidden />
      </IconButton>
      {notice.offers && (
        <div className={styles.offers}>
          {notice.undo === true && <Undo onUndo={undo} />}
          {notice.offers.map((offer) => (
            <Button key={offer.label} small onClick={() => take(offer)}>
              {offer.label}
            </Button>
          ))}
        </div>
      )}
    </div>
  )
}

function Undo({ onUndo }: { readonly onUndo: () => void }) {
  return (
    <Button small onClick={onUndo}>
      Undo
    </Button>
  )
}
