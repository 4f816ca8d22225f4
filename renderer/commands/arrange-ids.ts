import type { Direction, Side } from '#core/document/arrange';
import type { GroupColor } from '#core/document/edit-groups';

export type Way = 'left' | 'right' | 'up' | 'down';

/** The commands that put the canvas in order. */
export type ArrangeCommandId =
  | 'group.make'
  | 'group.remove'
  | 'group.rename'
  | 'group.collapse'
  | 'group.select'
  | `group.color.${GroupColor}`
  | `arrange.align.${Side}`
  | `arrange.distribute.${Direction}`
  | 'arrange.layout'
  | `arrange.nudge.${Way}`
  | `arrange.nudgeFar.${Way}`
  | 'edit.duplicateWired'
  | 'view.bench'
  | 'view.benchCard'
  | 'view.clean'
  | 'view.menu';
