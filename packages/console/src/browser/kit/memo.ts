import { Component, h, type ComponentType, type FunctionComponent, type RenderableProps } from 'preact'

/**
 * Draws the component again only when something that it is given is another object: readings keep the objects of what did
 * not change.
 */
export const memo = <P extends object>(draw: FunctionComponent<P>): ComponentType<P> =>
  class Memo extends Component<P> {
    override shouldComponentUpdate(next: Readonly<P>): boolean {
      const names = Object.keys(next) as (keyof P)[]
      if (names.length !== Object.keys(this.props).length) return true
      return names.some((name) => !Object.is(this.props[name], next[name]))
    }
    override render(props: RenderableProps<P>) {
      return h(draw, props)
    }
  }
