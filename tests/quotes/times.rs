//! Time expressions and the side of the article's day on which they lie, on copy written for these tests.

use dateline::annotate::dates;

use crate::known::{NAMES, with};

#[test]
fn times() {
    // Thursday, 10 July 2025.
    let mut wrong = Vec::new();
    let mut check = |text: &str, expect: &str| {
        let found = with(text, &["may=person:Theresa May/May Lin"], |input| {
            dates::dates(input, jiff::civil::date(2025, 7, 10))
                .iter()
                .map(|d| format!("{}={}", input.prose.slice(d.span), d.value))
                .collect::<Vec<_>>()
                .join("; ")
        });
        if found != expect {
            wrong.push(format!("{text}: {found}"));
        }
    };
    check("They met Thursday.", "Thursday=2025-07-10");
    check("They met on Monday and Wednesday.", "Monday=2025-07-07; Wednesday=2025-07-09");
    check("They met on Friday.", "Friday=2025-07-04");
    check("They will meet on Friday.", "Friday=2025-07-11");
    check("On Friday, the council will vote.", "Friday=2025-07-11");
    check("A vote is scheduled for Tuesday.", "Tuesday=2025-07-15");
    check("On Friday he was to have signed it.", "Friday=2025-07-11");
    check("They are to meet on Monday.", "Monday=2025-07-14");
    check("They were in Riga on Monday.", "Monday=2025-07-07");
    check("He said on Monday the court would rule on Friday.", "Monday=2025-07-07; Friday=2025-07-11");
    check("They met last Thursday.", "last Thursday=2025-07-03");
    check("They meet next Thursday.", "next Thursday=2025-07-17");
    check("They meet this Saturday.", "this Saturday=2025-07-12");
    check("It fell late on Sunday night.", "Sunday night=2025-07-06");
    check("It opened on Thursday, July 3.", "Thursday, July 3=2025-07-03");
    check("It opened on Tuesday, 4 March 2014.", "Tuesday, 4 March 2014=2014-03-04");
    check("It is open Mondays.", "");
    check("Shops crowd on Black Friday.", "");
    check("It came yesterday, and again today.", "yesterday=2025-07-09; today=2025-07-10");
    check("They leave tomorrow morning.", "tomorrow morning=2025-07-11");
    check("It came the day before yesterday.", "the day before yesterday=2025-07-08");
    check("It began July 10, 2025, in Riga.", "July 10, 2025=2025-07-10");
    check("It began on 10 July.", "10 July=2025-07-10");
    check("It began on the 3rd of March 1999.", "the 3rd of March 1999=1999-03-03");
    check("Tariffs are set to start Aug. 1.", "Aug. 1=2025-08-01");
    check("It began on Dec. 28.", "Dec. 28=2024-12-28");
    check("It will begin on Feb. 2.", "Feb. 2=2026-02-02");
    check("The fair runs July 10-12, 2024.", "July 10-12, 2024=2024-07-10/2024-07-12");
    check("The fair runs from 10 to 12 July.", "10 to 12 July=2025-07-10/2025-07-12");
    check("Since 2025-01-31 it is open.", "2025-01-31=2025-01-31");
    check("It is June 31.", "");
    check("Results for the fourth quarter are due soon, and profit will rise.", "fourth quarter=2024-Q4");
    check("It began in March 2014.", "March 2014=2014-03");
    check("It began in February.", "February=2025-02");
    check("It began last February.", "last February=2025-02");
    check("It began last September.", "last September=2024-09");
    check("It ends next March.", "next March=2026-03");
    check("It will end in December.", "December=2025-12");
    check("It has run since October.", "October=2024-10");
    check("They meet in mid-August 2023.", "mid-August 2023=2023-08");
    check("It grew from June to August 2024.", "June to August 2024=2024-06/2024-08");
    check("The January meeting was short.", "January=2025-01");
    check("It began in May.", "May=2025-05");
    check("It began on May 5.", "May 5=2025-05-05");
    check("You may go. May I? May said so.", "");
    check("Theresa May spoke. She met May Lin.", "");
    check("They march on Riga. March said no.", "");
    check("The wall fell in 1989.", "1989=1989");
    check("Since 2022 it has been shut.", "2022=2022");
    check("The 2016 election was close.", "2016=2016");
    check("It lasted from 1990 to 1995.", "1990 to 1995=1990/1995");
    check("It ran from July 7 to July 9.", "July 7 to July 9=2025-07-07/2025-07-09");
    check("It runs from 3 to 5 May.", "3 to 5 May=2025-05-03/2025-05-05");
    check("They met between Monday and Wednesday.", "Monday and Wednesday=2025-07-07/2025-07-09");
    check("They met on Monday and Wednesday.", "Monday=2025-07-07; Wednesday=2025-07-09");
    check("It rained from Saturday to Monday.", "Saturday to Monday=2025-07-05/2025-07-07");
    check("It opens in the week of July 21.", "the week of July 21=2025-W30");
    check("It failed overnight, they said.", "overnight=2025-07-09/2025-07-10");
    check("It was an overnight train.", "");
    check("It met on July 13 of last year.", "July 13 of last year=2024-07-13");
    check("It will last until Saturday.", "Saturday=2025-07-12");
    check("It needs money by the end of August.", "August=2025-08");
    check("It ends the cuts of 2019 and 2020.", "2019=2019; 2020=2020");
    check("The war of 1990-91 was short.", "1990-91=1990/1991");
    check("He was born there (1951).", "1951=1951");
    check("It cost 2016 dollars and 1989 people came.", "");
    check("It cost $2025.", "");
    check("It was so in the 1990s.", "the 1990s=199");
    check("It was so in the early 1970s.", "the early 1970s=197");
    check("It was so in the '80s.", "the '80s=198");
    check("Output fell in the first quarter of 2024.", "first quarter of 2024=2024-Q1");
    check("It began in the spring of 1968.", "spring of 1968=1968-SP");
    check("They met last week.", "last week=2025-W27");
    check("They meet next week.", "next week=2025-W29");
    check("They met this week.", "this week=2025-W28");
    check("They meet this weekend.", "this weekend=2025-W28-WE");
    check("They met last weekend.", "last weekend=2025-W27-WE");
    check("They met last month.", "last month=2025-06");
    check("They met earlier this month.", "earlier this month=2025-07");
    check("They meet next month.", "next month=2025-08");
    check("They met last year.", "last year=2024");
    check("They meet later this year.", "later this year=2025");
    check("Profit fell last quarter.", "last quarter=2025-Q2");
    check("They met last summer.", "last summer=2025-SU");
    check("They met last winter.", "last winter=2024-WI");
    check("It began three days ago.", "three days ago=2025-07-07");
    check("It began two weeks ago.", "two weeks ago=2025-W26");
    check("It began six months ago.", "six months ago=2025-01");
    check("It began a year ago.", "a year ago=2024");
    check("It began 10 years ago.", "10 years ago=2015");
    check("It began a decade ago.", "a decade ago=201");
    check("It took two weeks.", "");
    check("He is 45 years old.", "");
    check("By 2030 it will be gone.", "2030=2030");
    check("It closed at the end of 2023.", "2023=2023");
    check("Sales fell in the third quarter.", "third quarter=2024-Q3");
    check("They scored a goal in the third quarter.", "");
    check("Profit will rise in the second half.", "second half=2025-H2");
    check("They lost the lead in the second half.", "");
    check("It opens in Q2 2026.", "Q2 2026=2026-Q2");
    check("It grew over the past three months.", "the past three months=2025-04-10/2025-07-10");
    check("It rained in the last three weeks of May.", "May=2025-05");
    check("It met on May 3. Two weeks later it split.", "May 3=2025-05-03; Two weeks later=2025-05-17");
    check(
        "It met on May 3, he said on Monday. Two days later it split.",
        "May 3=2025-05-03; Monday=2025-07-07; Two days later=2025-05-05",
    );
    check("It rose in June from a year earlier.", "June=2025-06; a year earlier=2024-06");
    check("Profit rose from a year earlier.", "a year earlier=2024");
    check("It split two weeks later.", "");
    check("It fell on May 3 and rose the following day.", "May 3=2025-05-03; the following day=2025-05-04");
    check("It shut in 2020 and opened that March.", "2020=2020; that March=2020-03");
    check("It will end by the end of the year.", "end of the year=2025");
    check("They meet every Monday.", "");
    check("It is open on Dec. 13 and 14.", "Dec. 13 and 14=2025-12-13/2025-12-14");
    check("On May 3 and 4 people died.", "May 3=2025-05-03");
    check("They left after Christmas 2023.", "Christmas 2023=2023-12-25");
    check("The Christmas market shut.", "");
    check("It ran from 12/16/2024 to 1/2/2025.", "12/16/2024 to 1/2/2025=2024-12-16/2025-01-02");
    check("It ran on 1/2/2025.", "");
    check("It froze in the winter of 1962-63.", "winter of 1962-63=1962-WI");
    check("It was built in the 20th century.", "the 20th century=19");
    check("A vaccine is expected in the autumn.", "the autumn=2025-FA");
    check("A report is due in 30 days.", "30 days=2025-08-09");
    check("", "");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// On which side of the article's day, Thursday 10 July 2025, a bare Monday, Thursday or Saturday lies.
#[test]
fn sides() {
    let mut wrong = Vec::new();
    let mut check = |text: &str, expect: &str| {
        let found = with(text, &NAMES, |input| {
            let all = dates::dates(input, jiff::civil::date(2025, 7, 10));
            all.iter()
                .map(|d| d.value.trim_start_matches("2025-07-").to_owned())
                .collect::<Vec<_>>()
                .join(" ")
        });
        if found != expect {
            wrong.push(format!("{text}: {found}"));
        }
    };
    let ahead = [
        "Ann Reed flies on to Riga on Saturday.",
        "Reed, who flies to Riga on Saturday, has no plans.",
        "She meets the board on Saturday.",
        "Reed travels to Riga on Saturday to sign it.",
        "The council votes on Saturday.",
        "The new city council votes on Saturday.",
        "The ministers meet on Saturday.",
        "Foreign ministers from Latvia meet in Riga on Saturday.",
        "Reed and Hale meet on Saturday.",
        "They face a vote on Saturday.",
        "On Saturday Reed hosts Hale.",
        "On Saturday, the team plays in Riga.",
        "Reed is flying to Riga on Saturday.",
        "The leaders are meeting in Riga on Saturday.",
        "The museum reopens on Saturday.",
        "The show returns to Riga on Saturday.",
        "The bank is due to report on Saturday.",
        "The ship is set to sail on Saturday.",
        "A hearing is scheduled for Saturday.",
        "The ruling is expected on Saturday.",
        "The law will be discussed by the council on Saturday.",
        "Reed will leave on Saturday.",
        "Reed won't attend on Saturday.",
        "The council could vote as early as Saturday.",
        "The law could be approved on Saturday.",
        "The storm may reach Riga on Saturday.",
        "They trained hard ahead of Saturday's final.",
        "Tolls rise, starting Saturday.",
        "A session called for Saturday may settle it.",
        "The talks will run past Saturday.",
        "They close the road until Saturday.",
        "The board says it meets on Saturday.",
        "They meet the coming Saturday.",
        "They meet this coming Saturday.",
    ];
    ahead.iter().for_each(|text| check(text, "12"));
    let behind = [
        "Reed flew to Riga on Saturday.",
        "Reed, who faces trial, resigned on Saturday.",
        "The visits on Saturday were short.",
        "Reed made two visits on Saturday.",
        "Reed paid state visits on Saturday.",
        "After the votes on Saturday he wept.",
        "The team that plays in Riga lost on Saturday.",
        "Reed was flying to Riga on Saturday.",
        "Reed and Hale met on Saturday.",
        "Reed could not be reached on Saturday.",
        "Reed would not say on Saturday who signed.",
        "It may have sunk on Saturday.",
        "The leaders left on Saturday.",
        "Hale, who meets Reed often, fell ill on Saturday.",
        "On Saturday Reed hosted Hale.",
        "On Saturday Reed told those who meet there to go.",
        "Hale returned on Saturday.",
        "The bank reported a loss on Saturday.",
        "They failed to meet on Saturday.",
        "Reed flies often, her office said on Saturday.",
        "The boat, called Riga, sank on Saturday.",
        "They met this past Saturday.",
        "They met the past Saturday.",
        "They met on past Saturday.",
        "The talks ran past Saturday.",
        "They met the previous Saturday.",
    ];
    behind.iter().for_each(|text| check(text, "05"));
    // On the very day: `past` is the week before, `coming` the week after, a bare one today.
    check("They met this past Thursday.", "03");
    check("They meet this coming Thursday.", "17");
    check("Reed flies to Riga on Thursday.", "10");
    check("Reed flew to Riga on Thursday.", "10");
    assert!(wrong.is_empty(), "{wrong:#?}");
}
