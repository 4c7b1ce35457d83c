#include "everysock/ready_guess.h"

#include <doctest/doctest.h>

using everysock::ReadyGuess;

namespace {

// How many of `operations` are tried in vain, on a socket that is never ready at once but always gives all it can:
// answers of exactly the size asked for.
int vain_tries(ReadyGuess& guess, int operations) {
  int vain = 0;
  for (int i = 0; i < operations; ++i) {
    if (guess.ready()) {
      guess.tried_in_vain();
      ++vain;
    }
    guess.succeeded(true);
  }
  return vain;
}

}  // namespace

TEST_CASE("a guess begins as it is told to") {
  CHECK(ReadyGuess(true).ready());
  CHECK_FALSE(ReadyGuess(false).ready());
}

TEST_CASE("while everything is ready, everything is tried first") {
  ReadyGuess guess(true);
  for (int i = 0; i < 1000; ++i) {
    REQUIRE(guess.ready());
    guess.succeeded(true);
  }
}

TEST_CASE("an operation that got less than it could is followed by one that waits") {
  ReadyGuess guess(true);
  guess.succeeded(false);
  CHECK_FALSE(guess.ready());
  guess.succeeded(false);
  CHECK_FALSE(guess.ready());
  guess.succeeded(true);
  CHECK(guess.ready());
}

TEST_CASE("vain tries become rare, and a good one makes up for all of them") {
  ReadyGuess guess(false);
  CHECK(vain_tries(guess, 256) == 8);  // after 1, 2, 4, ... 128 operations
  CHECK(vain_tries(guess, 1280) == 10);

  while (!guess.ready()) guess.succeeded(true);
  guess.succeeded(true);
  guess.tried_in_vain();
  guess.succeeded(true);
  CHECK(guess.ready());
}

TEST_CASE("a copy goes on from where the original is") {
  ReadyGuess guess(true);
  guess.succeeded(false);
  CHECK_FALSE(ReadyGuess(guess).ready());
}
