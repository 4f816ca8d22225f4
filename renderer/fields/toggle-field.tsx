import { Switch } from 'radix-ui';
import type { ControlOf } from './field-props';

export function ToggleField({ id, value, disabled, describedBy, onChange, onCommit }: ControlOf<'toggle'>) {
  return (
    <Switch.Root
      id={id}
      className="toggle-field nodrag"
      checked={value === true}
      disabled={disabled}
      aria-describedby={describedBy}
      onCheckedChange={(checked) => {
        onChange(checked);
        onCommit();
      }}
    >
      <Switch.Thumb className="toggle-field-thumb" />
    </Switch.Root>
  );
}
