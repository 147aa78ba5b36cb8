import { Component, type ReactNode } from 'react';

interface ErrorBoundaryProps {
  /** What has failed, as the sentence names it: "The chart". */
  readonly what: string;
  readonly children: ReactNode;
}

/** Keeps a failure in one part of the screen to that part. React asks for a class here. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly failed: boolean }> {
  override readonly state = { failed: false };

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <div className="empty" role="alert">
        <p>{this.props.what} has failed. The rest of the screen goes on.</p>
        <button type="button" className="button" onClick={() => this.setState({ failed: false })}>
          Try again
        </button>
      </div>
    );
  }
}
