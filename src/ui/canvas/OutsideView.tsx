import { Handle, Position, type NodeProps } from '@xyflow/react'
import { Asterisk, Boxes, Cpu, DoorOpen, Globe, Network, Server } from 'lucide-react'
import { memo, type ReactNode } from 'react'
import type { End } from '#core/model/end.ts'
import { markClass } from './CardView.tsx'
import { outsideLines } from './look.ts'
import type { OutsideNode } from './nodeTypes.ts'
import styles from './nodes.module.css'

/** What is outside the namespaces: the internet, an IP block, anywhere, a host, a node, the ingress controller. */
export const OutsideView = memo(function OutsideView({ data }: NodeProps<OutsideNode>): ReactNode {
  const { title, detail } = outsideLines(data.end)
  return (
    <div className={`${styles.outside} ${markClass(data)}`}>
      <span className={styles.mark}>
        <OutsideIcon end={data.end} />
      </span>
      <b className={`${styles.name} ${'cidr' in data.end ? styles.mono : ''}`} title={title}>
        {title}
      </b>
      <span className={styles.detail}>{detail}</span>
      <div className={`${styles.grip} grip`} title="Drag here to move, below to connect" />
      <Handle type="source" position={Position.Right} className={styles.handle} />
    </div>
  )
})

function OutsideIcon({ end }: { end: End }): ReactNode {
  if ('internet' in end) return <Globe size={17} strokeWidth={1.7} aria-hidden />
  if ('anywhere' in end) return <Asterisk size={17} strokeWidth={1.7} aria-hidden />
  if ('anyNamespace' in end) return <Boxes size={17} strokeWidth={1.7} aria-hidden />
  if ('cidr' in end) return <Network size={17} strokeWidth={1.7} aria-hidden />
  if ('ingressController' in end) return <DoorOpen size={17} strokeWidth={1.7} aria-hidden />
  if ('node' in end) return <Cpu size={17} strokeWidth={1.7} aria-hidden />
  return <Server size={17} strokeWidth={1.7} aria-hidden />
}
