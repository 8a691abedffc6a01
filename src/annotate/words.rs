//! A word enters; the closed classes that quotations, dates, roles and key sentences ask about leave, as bits.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// Bits of the constants of this file.
pub type Classes = u64;

/// Verbs that report speech, in a finite form: `said`, `told`.
pub const SAY: Classes = 1;
/// The same as participles: `saying`, `adding`.
pub const SAYING: Classes = 1 << 1;
/// Verbs that report speech without `that`: `said`, `says`.
pub const PLAIN_SAY: Classes = 1 << 2;
/// Verbs that carry quoted fragments but seldom whole sentences: `called`, `described`.
pub const DUB: Classes = 1 << 3;
/// Auxiliaries.
pub const AUX: Classes = 1 << 4;
/// Forms of `be`.
pub const BE: Classes = 1 << 5;
/// Adverbs that stand between subject and verb.
pub const ADVERB: Classes = 1 << 6;
pub const PREPOSITION: Classes = 1 << 7;
/// Articles, possessives, demonstratives.
pub const DETERMINER: Classes = 1 << 8;
/// `he`, `she`, `it`, `they` as subjects.
pub const PRONOUN: Classes = 1 << 9;
/// Words that open or join clauses.
pub const JOINER: Classes = 1 << 10;
/// `who`, `which`, `whose`, `whom`.
pub const RELATIVE: Classes = 1 << 11;
/// Nouns for a person's part: `president`, `spokesman`.
pub const ROLE: Classes = 1 << 12;
/// Courtesy titles: `Mr.`, `Dr.`.
pub const COURTESY: Classes = 1 << 13;
pub const WEEKDAY: Classes = 1 << 14;
pub const MONTH: Classes = 1 << 15;
/// `today`, `yesterday`.
pub const DAY_WORD: Classes = 1 << 16;
/// `week`, `year`.
pub const UNIT: Classes = 1 << 17;
/// `last`, `next`, `this`.
pub const WHICH: Classes = 1 << 18;
/// Number words up to twelve.
pub const COUNT: Classes = 1 << 19;
/// Points to what is to come: `will`, `upcoming`.
pub const FUTURE: Classes = 1 << 20;
/// Words of no weight in a comparison of contents.
pub const EMPTY: Classes = 1 << 21;
/// Given names and titles of men.
pub const MALE: Classes = 1 << 22;
/// Given names and titles of women.
pub const FEMALE: Classes = 1 << 23;
/// Bodies that speak: `ministry`, `company`.
pub const BODY: Classes = 1 << 24;
/// Groups that speak: `officials`, `police`.
pub const GROUP: Classes = 1 << 25;
/// Double marks, straight or curly, and guillemets.
pub const DOUBLE: Classes = 1 << 26;
/// Single marks.
pub const SINGLE: Classes = 1 << 27;
/// `.`, `!`, `?` and their like.
pub const STOP: Classes = 1 << 28;
/// Words before the name of a work or a nickname: `film`, `titled`.
pub const NAMES: Classes = 1 << 29;
/// Words that refer back when they open a sentence.
pub const DANGLING: Classes = 1 << 30;
/// Points to the past: `ago`, `was`.
pub const PAST: Classes = 1 << 31;
/// Things that are read rather than persons who speak: `statement`, `report`.
pub const PAPER: Classes = 1 << 32;
/// Words that say of a role that it is not held yet: `future`, `elect`.
pub const TO_COME: Classes = 1 << 34;
/// Parts of the business year, and other words that only some neighbours make a time: `half`, `Q3`, `Christmas`.
pub const PERIOD: Classes = 1 << 35;
/// Words that take a role away: `former`, `late`.
pub const FORMER: Classes = 1 << 33;

const LISTS: &[(Classes, &str)] = &[
    (SAY | PLAIN_SAY, "said says"),
    (
        SAY,
        "say told tells added adds stated states announced announces warned warns wrote writes tweeted tweets posted \
         replied replies responded responds answered answers asked asks explained explains noted notes insisted \
         insists argued argues declared declares claimed claims acknowledged acknowledges conceded concedes admitted \
         admits recalled recalls remarked remarks observed observes commented comments concluded concludes continued \
         continues joked jokes quipped quips shouted shouted yelled screamed cried exclaimed whispered murmured \
         muttered testified testifies complained complains lamented laments cautioned cautions urged urges \
         emphasized emphasised emphasizes stressed stresses reiterated reiterates confirmed confirms denied denies \
         alleged alleges predicted predicts suggested suggests boasted vowed vows pledged pledges promised promises \
         reads read thundered retorted countered counters demanded demands protested appealed asserted asserts \
         maintained maintains contended contends believed believes hoped hopes reported reports revealed reveals \
         disclosed indicated informed pleaded proclaimed interjected mused sighed agreed agrees objected ruled wondered \
         mouthed elaborated queried queries narrated ventured intoned hollered snapped chanted interrupted scoffed fumed recounted opines deadpanned enthused marveled marvelled chided \
         sneered bellowed radioed texted emailed e-mailed hissed growled advised assured blogged opined summed",
    ),
    (
        SAYING,
        "saying adding telling stating announcing warning writing tweeting posting replying responding asking \
         explaining noting insisting arguing declaring claiming acknowledging conceding admitting recalling remarking \
         commenting concluding joking shouting yelling testifying complaining lamenting cautioning urging emphasizing \
         emphasising stressing reiterating confirming denying alleging predicting suggesting vowing pledging promising \
         reading observing boasting quipping demanding urging asserting maintaining contending reporting revealing chanting quoting",
    ),
    (
        DUB,
        "called calls described describes dubbed termed labelled labeled branded denounced denounces condemned \
         condemns hailed hails praised praises criticized criticised criticizes accused accuses slammed blasted \
         expressed expresses referred refer refers regretted regrets blamed cited characterized characterised deemed decried welcomed rejected \
         dismissed apologised apologized remembered remembers thanked thanking likened likens compared compares derided mocked ridiculed calling describing dubbing terming labelling branding denouncing condemning hailing praising \
         criticizing accusing citing expressing blaming referring dismissing",
    ),
    (AUX | BE, "is are was were be been being"),
    (AUX, "has have had did does do can could may might must shall should will would"),
    (
        ADVERB,
        "also later earlier then still again once repeatedly previously recently publicly privately simply reportedly \
         only just even both now already never always often angrily bluntly flatly briefly quietly meanwhile however \
         himself herself themselves itself subsequently finally further reportedly openly jokingly nonetheless too \
         today yesterday immediately soon clearly explicitly separately instead initially afterwards afterward",
    ),
    (
        PREPOSITION,
        "of for at in from on with to by about after before during into over under near through against between among \
         without within since until via across behind beyond despite outside inside amid alongside following upon \
         around toward towards like versus",
    ),
    (
        DETERMINER,
        "the a an his her its their our my your this that these those one another some several many two three four \
         both other no each every",
    ),
    (PRONOUN, "he she it they"),
    (
        JOINER,
        "and but or that as when while because if where although though whereas so yet nor than unless whether after \
         before since until",
    ),
    (RELATIVE, "who which whose whom"),
    (
        ROLE,
        "president premier chancellor minister secretary ambassador envoy spokesman spokeswoman spokesperson senator \
         congressman congresswoman lawmaker governor mayor judge justice prosecutor attorney lawyer general lieutenant \
         colonel major captain sergeant commander admiral brigadier king queen prince princess emperor pope cardinal \
         archbishop bishop patriarch imam ayatollah rabbi sheikh emir sultan chairman chairwoman chairperson chair \
         chief head director manager coach captain boss founder co-founder leader deputy vice-president executive \
         officer ceo cfo coo economist analyst professor researcher scientist historian author writer editor \
         journalist correspondent reporter doctor nurse surgeon physician engineer actor actress singer director \
         producer owner partner adviser advisor aide counsel commissioner inspector superintendent sheriff detective \
         officer representative delegate councillor councilman councilwoman mp legislator speaker whip treasurer \
         comptroller auditor administrator superintendent principal dean rector chancellor curator strategist \
         trader broker consultant activist organizer organiser negotiator diplomat official teacher farmer resident \
         coroner magistrate convener barrister solicitor referee ombudsman student pilot driver president-elect goalkeeper striker midfielder defender trainer archbishop undersecretary \
         comissioner coordinator co-ordinator trustee banker investor lecturer epidemiologist biologist physicist pastor priest aide",
    ),
    (COURTESY, "mr mrs ms miss dr sir dame madam mr. mrs. ms. dr. messrs."),
    (WEEKDAY, "monday tuesday wednesday thursday friday saturday sunday"),
    (
        MONTH,
        "january february march april may june july august september october november december jan. feb. mar. apr. \
         jun. jul. aug. sep. sept. oct. nov. dec. jan feb aug sept oct nov dec",
    ),
    (DAY_WORD, "today tonight yesterday tomorrow"),
    (
        UNIT,
        "day days week weeks month months year years weekend weekends quarter decade century spring summer autumn \
         fall winter",
    ),
    (
        PERIOD,
        "half hours year-end yearend christmas q1 q2 q3 q4 h1 h2 first-quarter second-quarter third-quarter \
         fourth-quarter first-half second-half",
    ),
    (WHICH, "last next this previous past coming"),
    (COUNT, "a an one two three four five six seven eight nine ten eleven twelve"),
    (
        FUTURE,
        "will shall upcoming scheduled due planned plans plan expected expects deadline set would 'll ’ll slated going \
         hopes intends begins starts opens expires",
    ),
    (PAST, "ago was were had did met took came went killed began held won lost"),
    (
        BODY,
        "ministry agency bank party company government council commission court committee union group association \
         office department institute university army police club federation authority firm airline foundation \
         organization organisation board hospital school college museum parliament senate house kremlin pentagon navy embassy newspaper opposition bench diocese tribunal panel regulator watchdog",
    ),
    (
        GROUP,
        "officials police authorities prosecutors analysts investigators critics rescuers witnesses residents experts \
         scientists researchers organizers organisers economists lawmakers doctors activists protesters lawyers \
         ministers leaders diplomats rebels militants workers traders investors observers campaigners supporters \
         reporters journalists members fans villagers students pupils parents passengers commuters voters shoppers \
         neighbours neighbors colleagues customers employees farmers fishermen delegates guests soldiers families family relatives survivors spokesmen sources people players teachers marchers demonstrators strikers picketers \
         pensioners crowd crowds jurors judges nurses survivors",
    ),
    (
        PAPER,
        "statement report letter document filing memo communique communiqué text message post tweet release notice \
         resolution study survey article note email e-mail sign banner placard inscription declaration indictment \
         ruling order paper transcript complaint leaflet postcard diary plaque plea petition lawsuit suit affidavit",
    ),
    (
        NAMES,
        "titled entitled named nicknamed so-called film movie book novel song album single play show series episode \
         documentary operation codenamed ship vessel musical poem painting magazine word words term phrase slogan hit \
         reality award starring headlined motto hashtag",
    ),
    (
        DANGLING,
        "he she it they this that these those his her its their but and so such however meanwhile also then here there \
         or nor instead still moreover another both yet i we you him them",
    ),
    // Nouns that end as adverbs do.
    (0, "assembly monopoly anomaly gadfly"),
    (FORMER, "former late then ex-president one-time onetime then-president ousted deposed ex"),
    (TO_COME, "future incoming elect designate nominee to-be would-be prospective aspiring"),
    (DOUBLE, "\" “ ” „ ‟ « » 「 」 『 』"),
    (SINGLE, "' ‘ ’ ‹ › ‚"),
    (STOP, ". ! ? … ... .. !! ?? !? ?! 。"),
    (
        MALE,
        "mr mr. sir king prince lord pope emperor sultan emir spokesman chairman congressman councilman actor \
         archbishop cardinal imam ayatollah patriarch james john robert michael william david richard joseph thomas \
         charles christopher daniel matthew anthony mark donald steven paul andrew joshua kenneth kevin brian george \
         edward ronald timothy jason jeffrey jacob gary nicholas eric jonathan stephen larry justin scott brandon \
         benjamin samuel gregory frank raymond jack dennis jerry tyler aaron jose adam nathan henry peter zachary \
         walter kyle harold carl jeremy roger keith gerald ethan arthur terry christian sean austin joe noah jesse \
         albert bryan bruce willie alan ralph roy eugene louis philip phillip ivan vladimir sergey sergei dmitry \
         mikhail boris alexei viktor oleg yuri igor andrei mohammed muhammad mohamed ahmed ali hassan hussein omar \
         ibrahim abdul khalid mahmoud mustafa recep hans klaus jurgen wolfgang olaf friedrich karl pierre jean francois \
         emmanuel jacques nicolas antonio carlos juan luis miguel pedro manuel javier marco mario giovanni giuseppe \
         matteo silvio lars sven erik magnus olav jens hiroshi shinzo takeshi kenji yoshihide narendra rajesh sanjay \
         rahul arun vijay rafael nelson kofi kwame moses tony gordon boris barack bill tom tim jim mike dan steve ben bob \
         sam jeff ken ron greg matt chris nick alex martin simon oliver harry leo felix hugo viktor pavel jan piotr \
         andrzej lech vaclav milos zoran goran ante luka antony marc jerome volodymyr emre tomas henrik \
         joachim gunther dieter heinz uwe ralf stefan tobias florian sebastian lukas moritz gunnar bjorn leif kjell \
         torsten anders mats nils jesper morten rasmus mads soren jukka pekka matti timo juha antti janusz krzysztof \
         tomasz marek jerzy zbigniew stanislaw wojciech grzegorz jaroslav jiri petr miroslav imre laszlo istvan gabor \
         zoltan ferenc attila sandor gheorghe mircea dragan slobodan stipe branko nikola aleksandar dimitris giorgos \
         kostas yannis nikos mehmet murat hakan ahmet kemal hamid reza javad mahdi hossein abbas karim tariq bilal yusuf \
         youssef samir nabil walid faisal salman bashar ziad jamal imran nawaz shahid rajiv anil sunil amit ashok \
         vikram suresh manmohan takashi hiroki kazuo satoshi makoto jorge enrique fernando alejandro ricardo eduardo \
         diego pablo andres francisco jaime hernan gustavo ernesto hilario emilio hector ruben alberto roberto sergio \
         luigi paolo franco enzo claudio fabio massimo giorgio pietro renato marcelo joao paulo tiago luiz guilherme \
         kwabena chidi emeka tunde sipho thabo jomo uhuru raila graham neil ian alistair alasdair colin nigel derek \
         trevor geoffrey stuart duncan malcolm leonard russell howard warren douglas glenn craig randy curtis marcus",
    ),
    (
        FEMALE,
        "mrs ms miss mrs. ms. queen princess lady dame spokeswoman chairwoman congresswoman councilwoman actress mary \
         patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret sandra ashley \
         kimberly emily donna michelle carol amanda dorothy melissa deborah stephanie rebecca sharon laura cynthia \
         kathleen amy angela shirley anna brenda pamela emma nicole helen samantha katherine christine debra rachel \
         carolyn janet catherine maria heather diane ruth julie olivia joyce virginia victoria kelly lauren christina \
         joan evelyn judith megan andrea cheryl hannah jacqueline martha gloria teresa ann sara madison frances kathryn \
         janice jean alice abigail sophia grace denise amber doris marilyn danielle beverly isabella theresa diana \
         natalie brittany charlotte marie kayla alexis lori ursula angela giorgia christine annalena theresa jacinda \
         kamala hillary nikki condoleezza madeleine fatima aisha amina leila layla zainab khadija olga natalia irina \
         svetlana tatiana elena ekaterina anastasia maia kaja sanna mette magdalena katrin ingrid astrid freja sofia \
         lucia carmen dolores pilar ana isabel claudia dilma cristina michelle ellen indira sonia priya aung yuki \
         akiko naomi kate jane anne susana nadia yulia inna marta lena eva nina helga claire camille chloe julia amal \
         rosa mariam ngozi wangari chimamanda greta penny liz gina ivana marine segolene \
         philippa joanna eleanor florence harriet beatrice vivian fiona sylvie monika ulrike sabine birgit petra heike \
         anke renate gudrun annika karin britta kirsten helle bente tiina agnieszka malgorzata ewa katarzyna jana zuzana \
         lenka eszter katalin ildiko judit agnes ioana jelena ivanka vesna olena oksana iryna halyna ludmila galina \
         tamara elif ayse fatma emine shirin nasrin maryam parisa rima huda salma nawal hanan asma benazir pratibha \
         sunita meera anjali lakshmi kavita yoko keiko sachiko haruka luciana gabriela mariana paula rosario beatriz \
         alejandra valentina francesca chiara paola federica alessandra giulia silvia abena adwoa nomvula thandi wambui \
         folake caroline catriona siobhan aoife maureen eileen sheila gillian hilary tracy wendy sally rosemary miriam \
         esther leah tanya vera irene gladys ethel edith audrey joanne suzanne denisa valerie veronica monica sylvia",
    ),
    (
        EMPTY,
        "the a an and or but of to in on at by for from with as is are was were be been has have had will would that \
         this it its his her their he she they not no after before over into than then says said say new who which \
         what when up out about more",
    ),
];

static TABLE: LazyLock<FxHashMap<(u64, u64), Classes>> = LazyLock::new(|| {
    let mut table = FxHashMap::default();
    for (bits, words) in LISTS {
        for word in words.split_ascii_whitespace() {
            *table.entry(packed(word)).or_insert(0) |= bits;
        }
    }
    table
});

/// The longest word of the lists, in bytes: as many as a key holds.
const LONGEST: usize = 16;

/// The classes of a word, whatever its case.
pub fn classes(word: &str) -> Classes {
    if word.len() > LONGEST {
        return if word.ends_with("ly") { ADVERB } else { 0 };
    }
    let found = TABLE.get(&packed(word)).copied();
    found.unwrap_or_else(|| if word.len() > 5 && word.ends_with("ly") { ADVERB } else { 0 })
}

/// Up to 16 bytes as two numbers, ASCII letters small.
fn packed(word: &str) -> (u64, u64) {
    let mut buffer = [0; LONGEST];
    for (to, from) in buffer.iter_mut().zip(word.bytes()) {
        *to = from.to_ascii_lowercase();
    }
    let whole = u128::from_le_bytes(buffer);
    (whole as u64, (whole >> 64) as u64)
}

#[cfg(test)]
mod tests {
    use crate::annotate::words::{self, LISTS, LONGEST, classes};

    #[test]
    fn looks_words_up() {
        let check = |word: &str, expect: words::Classes| assert_eq!(classes(word) & expect, expect, "{word}");
        check("Said", words::SAY | words::PLAIN_SAY);
        check("May", words::MONTH | words::AUX);
        check("”", words::DOUBLE);
        check("Quickly", words::ADVERB);
        assert_eq!(classes("a-word-that-is-longer-than-any"), 0);
    }

    #[test]
    fn no_word_is_too_long() {
        for word in LISTS.iter().flat_map(|(_, words)| words.split_ascii_whitespace()) {
            assert!(word.len() <= LONGEST, "{word}");
        }
    }
}
