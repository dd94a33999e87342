"""What tables of people call their columns: lists of a class, and tables of a scanner.

As people and platforms write them in the languages of the interface: Moodle exports its
participants in the language of whoever exports.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

WRITTEN: Mapping[str, str] = {
    "identifier": (
        "ID number, SIS user ID, student number, student no, matriculation number, "
        "matriculation no, identifier, student ID, OrgDefinedId, Matrikelnummer, "
        "Matrikelnr, Matrikel, ID-Nummer, Kennung, numéro d’identification, "
        "numéro étudiant, numéro d’étudiant, matricule, identifiant, número de ID, "
        "número de identificación, número de matrícula, matrícula, identificador, "
        "codice identificativo, numero di matricola, matricola, identificativo, "
        "número de identificação, ID-nummer, studentnummer, numer ID, numer albumu, "
        "nr albumu, identyfikator, kimlik numarası, öğrenci numarası, öğrenci no, "
        "IDナンバー, 学籍番号, 学生番号, 学号, 學號, رقم الهوية, الرقم الجامعي, "
        "رقم الطالب, المعرّف, شماره دانشجویی, شماره شناسایی, شناسه, अनुक्रमांक, रोल नंबर, "
        "पहचान संख्या, 编号, number"
    ),
    "first": (
        "first name, given name, forename, Vorname, prénom, nombre de pila, voornaam, imię, "
        "名, 名字, الاسم الأول, نام کوچک, पहला नाम"
    ),
    "last": (
        "surname, last name, family name, Nachname, Familienname, Zuname, nom de famille, "
        "apellido, apellidos, apellido(s), cognome, sobrenome, apelido, apelidos, "
        "achternaam, nazwisko, soyad, soyadı, 姓, 姓氏, اسم العائلة, اللقب, نام خانوادگی, "
        "उपनाम, अंतिम नाम"
    ),
    "name": (
        "name, full name, student, student name, vollständiger Name, nom complet, nom, "
        "nombre completo, nombre, nome completo, nome, volledige naam, naam, "
        "imię i nazwisko, tam adı, ad soyad, adı soyadı, ad, adı, フルネーム, 氏名, 名前, "
        "姓名, 全名, الاسم الكامل, الاسم, نام کامل, نام و نام خانوادگی, نام, पूरा नाम, नाम"
    ),
    "other": (
        "SIS login ID, login, username, user name, email address, email, e-mail, "
        "Anmeldename, Benutzername, E-Mail-Adresse, nom d’utilisateur, adresse de courriel, "
        "courriel, adresse e-mail, adresse électronique, nombre de usuario, "
        "dirección de correo, dirección de correo electrónico, dirección email, "
        "correo electrónico, correo, nome utente, indirizzo email, nome de usuário, "
        "identificação de usuário, endereço de email, gebruikersnaam, e-mailadres, "
        "nazwa użytkownika, adres e-mail, kullanıcı adı, e-posta adresi, e-posta, ユーザ名, "
        "ユーザー名, メールアドレス, 用户名, 电子邮件地址, 电子邮件, 邮箱, اسم المستخدم, "
        "عنوان البريد الإلكتروني, البريد الإلكتروني, نام کاربری, نشانی پست الکترونیکی, "
        "پست الکترونیکی, ایمیل, उपयोगकर्ता नाम, ईमेल पता, ईमेल"
    ),
    "group": (
        "group, groups, section, Gruppe, Gruppen, groupe, groupes, grupo, grupos, gruppo, "
        "gruppi, groep, groepen, grupa, grupy, grup, gruplar, グループ, 组, 小组, 班级, "
        "المجموعة, المجموعات, گروه, گروه‌ها, समूह"
    ),
    "extra": (
        "extra time, extra time in %, extra time per cent, extra time in per cent, extra, "
        "Zeitverlängerung, Zeitzuschlag, Zusatzzeit, Verlängerung, temps supplémentaire, "
        "temps majoré, tiempo adicional, tiempo extra, tempo aggiuntivo, tempo adicional, "
        "tempo extra, extra tijd, dodatkowy czas, ek süre, 追加時間, 延長時間, 附加时间, "
        "额外时间, وقت إضافي, وقت اضافی, अतिरिक्त समय"
    ),
    "due": (
        "due, due date, separate due date, Abgabe, Abgabetermin, Abgabedatum, Frist, "
        "fällig, échéance, date limite, date de remise, fecha límite, fecha de entrega, "
        "scadenza, data di consegna, prazo, data de entrega, inleverdatum, deadline, "
        "termin, termin oddania, teslim tarihi, son tarih, 締切, 提出期限, 截止日期, "
        "截止时间, الموعد النهائي, تاريخ التسليم, مهلت, تاریخ تحویل, अंतिम तिथि, नियत तिथि"
    ),
}  # fmt: skip
"""By what is read, the names of its column; those that are named first go before others."""


KEYS = frozenset({
    "key", "answer key", "answerkey", "correct", "schlüssel", "lösung", "lösungen", "clé",
    "corrigé", "clave", "chiave", "gabarito", "sleutel", "klucz", "cevap anahtarı", "正解", "正答",
    "答案", "مفتاح", "کلید", "उत्तर कुंजी",
})  # fmt: skip
"""What stands in the place of a student in a row that holds the right answers."""


def plain(name: str) -> str:
    """A name in small letters without signs."""
    return re.sub(r"[\W_]+", "", name.casefold())


NAMES: Mapping[str, Sequence[str]] = {
    thing: tuple(dict.fromkeys(map(plain, names.split(", ")))) for thing, names in WRITTEN.items()
}
"""The same as they are compared."""


def full_name(name: str, first: str, last: str) -> str:
    """A name from its parts. A column called *name* beside one of its parts holds the other part,
    unless it holds that one too."""
    part = "" if first and last else first or last
    if not name or not {*part.split()} <= {*name.split()}:
        return " ".join(filter(None, (first, name, last)))
    return name
