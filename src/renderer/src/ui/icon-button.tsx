import type { ComponentProps, ReactElement, ReactNode } from 'react';
import { Tip } from './tip.tsx';

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children' | 'aria-label' | 'title'> {
  /** Its name, for the tooltip and for those who do not see the picture. */
  readonly label: string;
  readonly keys?: string | undefined;
  readonly small?: boolean;
  readonly children: ReactNode;
}

/** A button that is only a picture. Every one has a name, and a tooltip with its key. */
export function IconButton({
  label,
  keys,
  small = false,
  className,
  children,
  ...rest
}: IconButtonProps): ReactElement {
  const classes = ['icon-button', small ? 'small' : '', className ?? ''].filter(Boolean).join(' ');
  return (
    <Tip text={label} keys={keys}>
      <button type="button" {...rest} className={classes} aria-label={label}>
        {children}
      </button>
    </Tip>
  );
}
