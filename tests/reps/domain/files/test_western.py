"""How Windows-1252 and Mac Roman are told apart, on names and words of the West."""

import random

import pytest

from reps.domain.files.western import (
    CP_1252,
    GOOD,
    MAC_ROMAN,
    ODD,
    POSSIBLE,
    Reading,
    Words,
    fit,
)

# What sales files hold, and what is hard: all capitals, quotes, dashes, signs.
WRITTEN = """
René José Müller François Zoë Jürgen Björn Søren Åsa Peña Muñoz Núñez García Martínez
Gómez López Pérez Hernández Rodríguez Álvarez Ávila Ángel Óscar Íñigo Begoña São João
Conceição Gonçalves Simões Magalhães Araújo Antônio Mônica Größe Straße Weiß Köln
Düsseldorf Zürich Österreich Übergabe Ähnlich Élodie Hélène Benoît Noël Gaëlle Maïté
Français Société Générale Crédit L’Oréal Nestlé Château Côté Forêt Île Reçu Gagné Créé
Émile À É Øystein Bjørn Håkan Jørgensen Malmö Göteborg Västerås Öberg Åkesson O’Brien
D’Artagnan MÜLLER JOSÉ MUÑOZ GARCÍA LÓPEZ FRANÇOIS SÃO CONCEIÇÃO ÁLVAREZ GÖTZ € £ –
2019–2020 Macy’s don’t Kohl’s “Best deal” \u2018old’ … Acme™ Acme® 3° nº 1º ½ m² café
naïve résumé schön Fußball Prüfung Übermäßig Geschäft Verkäufer Händler Möbel Señora
niño año mañana Compañía Tecnología Gestión Próximo Último México Bogotá Medellín
Córdoba Cádiz León Perú Panamá França Índia Japão Avião Coração Você Português Inglês
Reunião não já está à côté où déjà être août Renée Chloé Anaïs Loïc Dušan Žižek Škoda
Curaçao Nîmes Tromsø Århus Ålesund Jyväskylä Hämäläinen Õun Võru Þór Guðrún Sigurðsson
Ólafur
"""
CORPUS = WRITTEN.split()


def readings(words, encoding, **about):
    found = Words()
    for word in words:
        found.add(word.encode(encoding, errors="ignore") + b"\n")
    found.add(b"", final=True)
    return found.readings(of_an_old_mac=False, **about)


def text_in(encoding):
    return [word for word in CORPUS if can_be_written(word, encoding)]


def can_be_written(word, encoding):
    try:
        return not word.encode(encoding).isascii()
    except UnicodeEncodeError:
        return False


@pytest.mark.parametrize("encoding", [CP_1252, MAC_ROMAN])
def test_a_single_word_is_never_read_wrong(encoding):
    found = {word: readings([word], encoding) for word in text_in(encoding)}
    wrong = [
        word
        for word, said in found.items()
        if word not in [word.encode(encoding).decode(one.encoding) for one in said]
    ]
    asked = [word for word, said in found.items() if len(said) > 1]
    assert wrong == []
    assert len(asked) < len(found) / 5


@pytest.mark.parametrize("encoding", [CP_1252, MAC_ROMAN])
@pytest.mark.parametrize(("count", "asked_of_a_thousand"), [(3, 30), (5, 5), (20, 0)])
def test_of_a_few_words_it_is_nearly_always_sure(encoding, count, asked_of_a_thousand):
    chance = random.Random(1)
    words = text_in(encoding)
    asked = 0
    for _ in range(1000):
        said = readings(chance.sample(words, count), encoding)
        assert encoding in [one.encoding for one in said]
        asked += len(said) > 1
    assert asked <= asked_of_a_thousand


def test_the_example_is_the_word_that_reads_either_way():
    assert readings(["Köln"], MAC_ROMAN) == (
        Reading(CP_1252, "Kšln"),
        Reading(MAC_ROMAN, "Köln"),
    )


def test_a_file_with_words_of_both_is_a_question():
    found = Words()
    found.add("José\n".encode(CP_1252) + "René\n".encode(MAC_ROMAN))
    found.add(b"", final=True)
    said = found.readings(of_an_old_mac=True)
    assert said == ()  # every second word would be odd


def test_it_looks_at_the_first_two_thousand_words():
    found = Words()
    found.add(b"".join(b"%d\xe9\n" % number for number in range(3000)))
    assert len(found.words) == 2000


def test_words_cut_by_pieces_are_whole():
    for data in ("Müller,Zoë", "x" * 100 + "é" * 3 + ",Müller"):
        whole, cut = Words(), Words()
        whole.add(data.encode(CP_1252))
        for byte in data.encode(CP_1252):
            cut.add(bytes([byte]))
        whole.add(b"", final=True)
        cut.add(b"", final=True)
        assert "Müller".encode(CP_1252) in whole.words
        assert "Müller".encode(CP_1252) in cut.words


@pytest.mark.parametrize(
    ("word", "how_well"),
    [
        ("René", GOOD),
        ("ÉMILE", GOOD),
        ("L’Été", GOOD),
        ("d’accord", GOOD),
        ("“Best", GOOD),
        ("deal”", GOOD),
        ("2019–2020", GOOD),
        ("1º", GOOD),
        ("Acme™", GOOD),
        ("€", GOOD),
        ("1\xa0200", GOOD),
        ("Berlin–Paris", POSSIBLE),
        ("é", POSSIBLE),
        ("k€", POSSIBLE),
        ("STRAßE", POSSIBLE),
        ("caféBar", POSSIBLE),
        ("VÕru", ODD),
        ("Võru", POSSIBLE),
        ("«mot»", POSSIBLE),
        ("RenŽ", ODD),
        ("MÜller", ODD),
        ("MüLLER", ODD),
        ("S\u2039o", ODD),
        ("don”t", ODD),
        ("Espa–a", ODD),
        ("eur€", ODD),
        ("è5", ODD),
        ("Èéâ", ODD),
        ("ß", ODD),
        ("”deal", ODD),
        ("best“", ODD),
        ("\u02c6", ODD),
        ("", ODD),
    ],
)
def test_how_well_a_word_reads(word, how_well):
    assert fit(word) == how_well
