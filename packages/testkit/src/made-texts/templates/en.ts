import type { TemplateBook } from '../template-book.ts'

export const en: TemplateBook = {
  lang: 'en',
  openers: ['', '', 'hello, ', 'seriously, ', 'hey, ', 'right now ', 'anyone else? '],
  closers: ['', '', '.', ', please help', '!!', ', what is going on?', ', fix this'],
  sentences: {
    checkout: [
      '{the|your} checkout {hangs|freezes|just spins} {after i press pay|at the payment step|when i enter my card}',
      'i {cannot|can not} {finish|complete} my {order|purchase}, the {payment page|checkout} {stays blank|throws an error|never loads}',
    ],
    'double-charge': [
      '{you|the shop} charged {me|my card|my account} twice for {one|the same|a single} {order|purchase}',
      '{there are two|i see two} {charges|debits|payments} {on my statement|on my card} but i {bought|ordered} only once',
    ],
    'late-parcel': [
      'my {parcel|package|delivery} {should have come|was due|was promised} {on monday|last week|three days ago} and {is still not here|never arrived}',
      '{still waiting for|where is} my {parcel|package}, tracking {has not moved|shows nothing|says in transit} {for days|since friday}',
    ],
    login: [
      'i {cannot|can not|am unable to} {log in|sign in} {to my account|with my password|since this morning}',
      'the {login|sign in} {code|link|mail} {never comes|does not work|has expired}, i am {locked out|shut out} of my account',
    ],
    crash: [
      'the app {crashes|closes itself|dies} {on start|as soon as i open it|every time} {since the update|on my phone|today}',
      '{new version|latest update} of the app {keeps crashing|will not open|shows a white screen} {on android|on my iphone|for me}',
    ],
    refund: [
      'my refund {has not arrived|is missing|never came} {after two weeks|since march|although you promised it}',
      'i {returned|sent back} {the shoes|everything|my jacket} and {still have no|am waiting for my} {refund|money back}',
    ],
    voucher: [
      'the {discount|voucher|promo} code {is rejected|does not apply|is invalid} {in the basket|at the till|although it is new}',
      'you {advertise|promise} {20|30} percent off and the {voucher|code} {takes nothing off|gives an error|is refused}',
    ],
    'cancelled-order': [
      'you cancelled my order {without a word|for no reason|just like that} {this morning|after i paid|yesterday}',
      '{my order was|all my orders were} cancelled {by you|by the shop} and {nobody says why|no one explains it|i got no reason}',
    ],
    damaged: [
      '{the glass|the lamp|my plate} {arrived broken|came smashed|was in pieces} {in the box|on arrival|again}',
      'the {item|vase|mirror} is {scratched|cracked|damaged}, the box was {crushed|torn|wet} {on delivery|when it came}',
    ],
    'no-confirmation': [
      'i paid and got no {confirmation|order number|receipt} {by mail|at all|so far}',
      'money {is gone|was taken} but there is no {confirmation mail|order confirmation} {in my inbox|in my account|anywhere}',
    ],
    'opening-hours': [
      '{when|what time} does the {city|north|station} store {open|close} {on sunday|today|on holidays}',
      'is the {shop|store} {open|closed} {on saturday evening|on easter|tomorrow}',
    ],
    sizes: [
      'does the {jacket|shirt|coat} come in {small|large|xl} {and in blue|too|this year}',
      'which size {fits|should i take} {at 180 cm|for a child of six|between m and l}',
    ],
    'gift-wrap': [
      'can you {wrap|gift wrap} {the book|the toy|it} {as a present|for a birthday|with a card}',
      'is {gift wrapping|a greeting card} {free|possible} {for two items|in the store|online}',
    ],
    thanks: [
      '{thanks|thank you} for the {quick|friendly|great} {help|answer|delivery} {today|yesterday|again}',
      'love the new {jacket|lamp|bag}, {perfect|beautiful} {quality|colour|fit}',
    ],
  },
}
