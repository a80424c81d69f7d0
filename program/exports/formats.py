"""What a format is: a name, a sentence, options, a function from values to bytes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from program.errors import WrongOption
from program.listings import Listing

Options = Mapping[str, str]
NO_OPTIONS: Options = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class FormatOption:
    """A choice that a format offers; the first value is the default."""

    name: str
    values: tuple[str, ...]
    sentence: str

    @property
    def default(self) -> str:
        """Return the value that counts when none is given."""
        return self.values[0]


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write a listing. `write` is pure: the same listing and options give the same bytes."""

    name: str
    sentence: str
    media_type: str
    file_name: str
    write: Callable[[Listing, Options], bytes]
    options: tuple[FormatOption, ...] = ()

    @property
    def variants(self) -> tuple[tuple[str, str], ...]:
        """Return a query string and a label for each download: one for each value of the first option."""
        if not self.options:
            return (("", self.file_name),)
        first = self.options[0]
        plain = {"yes", "no"}
        return tuple((f"?{first.name}={value}", f"{first.name}: {value}" if plain & set(first.values) else value) for value in first.values)

    def settle_options(self, given: Mapping[str, object]) -> Options:
        """Return every option with its value, defaults filled in; refuses names and values that the format does not know."""
        return settle_options(self.name, self.options, given)


def settle_options(format_name: str, options: tuple[FormatOption, ...], given: Mapping[str, object]) -> Options:
    """Return every option with its value, defaults filled in; refuses names and values that the format does not know."""
    known = {option.name: option for option in options}
    settled = {option.name: option.default for option in options}
    for name, value in given.items():
        if name not in known:
            names = ", ".join(known) or "none"
            raise WrongOption(f"The format {format_name} has no option {name!r}. Its options: {names}.")
        text = _as_text(value)
        if text not in known[name].values:
            values = ", ".join(known[name].values)
            raise WrongOption(f"The option {name} of {format_name} can't be {text!r}. Its values: {values}.")
        settled[name] = text
    return settled


def encode_lines(lines: list[str]) -> bytes:
    """Return lines as UTF-8 with LF after each."""
    return "".join(f"{line}\n" for line in lines).encode()


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
