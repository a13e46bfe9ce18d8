/** First words of the names of containers that were given none. */
export const adjectives: readonly string[] =
  `able airy ample astute balmy bold brave breezy brisk calm candid careful cheery civil clear clever
   cosy crisp daring deft eager early earnest easy fair fearless fine fond frank fresh gentle glad
   golden good graceful grand hardy hearty honest humble jolly keen kind lively loyal lucid lucky
   mellow merry mild modest neat nimble noble open patient placid plain polite proud prompt quick
   quiet ready robust rosy serene sharp shiny sincere smart snug sober steady stout sturdy sunny
   swift tidy tranquil trusty upbeat vivid warm wise witty zesty`.split(/\s+/);

/** Second words: people of the sea, of science and of the net. */
export const surnames: readonly string[] =
  `amundsen anning baffin banks baran bering boole bougainville cabot cailliau cavendish cerf cook
   cousteau curie davies diaz drake dufour earhart ekman engelbart euler faraday fermat franklin
   frobisher galilei gama gauss goodall halley hamilton harrison hertz hopper hudson humboldt huygens
   kahn kepler knuth leibniz linnaeus lovelace magellan marconi maury meitner mercator merian mirzakhani
   morse nansen newton noether pascal peary perlman polo postel ptolemy ramanujan ritchie roberts
   ross shackleton shannon somerville tasman tharp torvalds turing vespucci volta wegener wren`.split(/\s+/);
