import { ChoiceList } from './choice-list';
import type { ControlOf } from './field-props';

export function ChoiceField({
  id,
  label,
  field,
  value,
  disabled,
  invalid,
  describedBy,
  onChange,
  onCommit,
}: ControlOf<'choice'>) {
  return (
    <ChoiceList
      id={id}
      label={label}
      // The list's values are texts; a place among the options stands for a value of either type.
      options={field.options.map((option, place) => ({ value: String(place), label: option.label }))}
      value={String(field.options.findIndex((option) => option.value === value))}
      disabled={disabled}
      invalid={invalid}
      describedBy={describedBy}
      onChange={(place) => {
        const option = field.options[Number(place)];
        if (option === undefined) return;
        onChange(option.value);
        onCommit();
      }}
    />
  );
}
