import { Check, ChevronDown } from 'lucide-react';
import { Select } from 'radix-ui';
import { useState, type ReactNode } from 'react';

export interface ChoiceOption {
  value: string;
  label: string;
  /** Shown once it is chosen, where that wants more words. */
  chosen?: string;
  /** Shown under its label. */
  remark?: string;
  /** Shown at the right end of its row. */
  hint?: ReactNode;
  /** Rows that follow each other with the same heading stand under it. */
  heading?: string;
  disabled?: boolean;
}

function byHeading(
  options: readonly ChoiceOption[],
): { heading: string | undefined; options: ChoiceOption[] }[] {
  const groups: { heading: string | undefined; options: ChoiceOption[] }[] = [];
  for (const option of options) {
    const last = groups.at(-1);
    if (last !== undefined && last.heading === option.heading) last.options.push(option);
    else groups.push({ heading: option.heading, options: [option] });
  }
  return groups;
}

/** One of a list, in the editor's look. */
export function ChoiceList({
  id,
  label,
  options,
  value,
  placeholder = 'Choose…',
  disabled = false,
  invalid = false,
  describedBy,
  onApproach,
  onChange,
}: {
  id?: string | undefined;
  label: string;
  options: readonly ChoiceOption[];
  value: string;
  placeholder?: string;
  disabled?: boolean;
  invalid?: boolean;
  describedBy?: string | undefined;
  /** The pointer or the focus comes to it: it may be opened next. */
  onApproach?: () => void;
  onChange: (value: string) => void;
}) {
  const known = options.find((option) => option.value === value);
  // Radix renders also a closed list. Until it is used it costs the more the more there is to choose from.
  const [isUsed, setIsUsed] = useState(false);
  const use = () => setIsUsed(true);
  return (
    <Select.Root
      value={known === undefined ? '' : value}
      onValueChange={onChange}
      onOpenChange={use}
      disabled={disabled}
    >
      <Select.Trigger
        onFocus={() => {
          use();
          onApproach?.();
        }}
        id={id}
        className="input choice-list nodrag nowheel"
        aria-label={label}
        aria-invalid={invalid}
        aria-describedby={describedBy}
        onPointerEnter={onApproach}
      >
        <span className="one-line">
          <Select.Value placeholder={placeholder}>{known?.chosen ?? known?.label}</Select.Value>
        </span>
        <Select.Icon className="choice-list-arrow">
          <ChevronDown size={14} aria-hidden="true" />
        </Select.Icon>
      </Select.Trigger>
      {isUsed ? (
        <Select.Portal>
          <Select.Content
            className="menu choice-list-menu nowheel"
            position="popper"
            sideOffset={4}
            collisionPadding={8}
          >
            <Select.Viewport>
              {byHeading(options).map((group, place) => (
                <Select.Group key={group.heading ?? place}>
                  {group.heading === undefined ? null : (
                    <Select.Label className="menu-label">{group.heading}</Select.Label>
                  )}
                  {group.options.map((option) => (
                    <Select.Item
                      key={option.value}
                      value={option.value}
                      className="menu-item"
                      disabled={option.disabled ?? false}
                      aria-description={option.remark}
                    >
                      <span className="choice-list-mark">
                        <Select.ItemIndicator>
                          <Check size={14} aria-hidden="true" />
                        </Select.ItemIndicator>
                      </span>
                      <span className="choice-list-words">
                        <Select.ItemText>{option.label}</Select.ItemText>
                        {option.remark === undefined ? null : (
                          <span className="caption">{option.remark}</span>
                        )}
                      </span>
                      {option.hint === undefined ? null : (
                        <span className="menu-item-hint">{option.hint}</span>
                      )}
                    </Select.Item>
                  ))}
                </Select.Group>
              ))}
            </Select.Viewport>
          </Select.Content>
        </Select.Portal>
      ) : null}
    </Select.Root>
  );
}
