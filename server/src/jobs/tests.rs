//! What the table of jobs promises, on both databases.

use super::queue::{LEASE, TRIES, claim, decode, done, pause};
use super::worker::run_next_by;
use super::{Job, JobError, enqueue, hasten, retry, run_due, stuck};
use crate::clock::{HOUR, MINUTE, SECOND};
use crate::storage::{Db, all, run, value};
use crate::testing::{TestDb, db_test};
use metrics_exporter_prometheus::PrometheusBuilder;

async fn jobs(db: &Db) -> anyhow::Result<i64> {
    Ok(value!(db.read().await?, i64, "SELECT COUNT(*) FROM job")?)
}

/// Writes a job into the table, due now.
async fn wanted(t: &TestDb, job: &Job) -> anyhow::Result<()> {
    let mut tx = t.db.begin().await?;
    enqueue(&mut tx, job, t.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}

db_test!(
    async fn a_job_lives_and_dies_with_the_change_that_wants_it(t: TestDb) {
        let mut dropped = t.db.begin().await?;
        enqueue(&mut dropped, &Job::SendMail { mail_id: 1 }, t.clock.now()).await?;
        drop(dropped);
        assert_eq!(jobs(&t.db).await?, 0);
        wanted(&t, &Job::SendMail { mail_id: 1 }).await?;
        wanted(&t, &Job::SendMail { mail_id: 1 }).await?;
        wanted(&t, &Job::SendMail { mail_id: 2 }).await?;
        assert_eq!(jobs(&t.db).await?, 2, "the same work is wanted once");
        Ok(())
    }
);

db_test!(
    async fn a_job_runs_when_it_is_due_and_goes(t: TestDb) {
        let app = t.app().await?;
        let mut tx = t.db.begin().await?;
        // A mail that is gone is done.
        enqueue(&mut tx, &Job::SendMail { mail_id: 404 }, t.clock.now() + HOUR).await?;
        tx.commit().await?;
        assert_eq!(run_due(&app).await?, 0);
        t.clock.advance(HOUR);
        assert_eq!(run_due(&app).await?, 1);
        assert_eq!(jobs(&t.db).await?, 0);
        Ok(())
    }
);

db_test!(
    async fn a_claimed_job_is_nobody_elses_until_its_lease_runs_out(t: TestDb) {
        wanted(&t, &Job::SendMail { mail_id: 1 }).await?;
        let mut tx = t.db.begin().await?;
        let lost = claim(&mut tx, t.clock.now()).await?.expect("one is due");
        tx.commit().await?;
        assert_eq!(decode(&lost.kind, &lost.payload), Some(Job::SendMail { mail_id: 1 }));
        t.clock.advance(LEASE - SECOND);
        let mut tx = t.db.begin().await?;
        assert!(claim(&mut tx, t.clock.now()).await?.is_none());
        // The process was killed; the next one takes the job up.
        t.clock.advance(SECOND);
        let taken = claim(&mut tx, t.clock.now()).await?.expect("the lease ran out");
        assert_eq!((taken.id, taken.attempt), (lost.id, 2));
        assert!(!done(&mut tx, &lost, None).await?, "whoever lost the lease cannot end it");
        assert!(done(&mut tx, &taken, None).await?);
        Ok(())
    }
);

#[tokio::test]
async fn two_replicas_on_postgresql_never_claim_the_same_job() -> anyhow::Result<()> {
    let t = TestDb::postgres().await?;
    wanted(&t, &Job::SendMail { mail_id: 1 }).await?;
    wanted(&t, &Job::SendMail { mail_id: 2 }).await?;
    let (mut here, mut there) = (t.db.begin().await?, t.db.begin().await?);
    let one = claim(&mut here, t.clock.now()).await?.expect("two are due");
    let other = claim(&mut there, t.clock.now()).await?.expect("the locked row is stepped over");
    assert_ne!(one.id, other.id);
    assert!(claim(&mut here, t.clock.now()).await?.is_none());
    Ok(())
}

db_test!(
    async fn a_failing_job_is_tried_again_later_and_at_last_given_up_for_the_desk(t: TestDb) {
        let app = t.app().await?;
        let mut tx = t.db.begin().await?;
        run!(
            tx,
            "INSERT INTO job (kind, payload, run_at, due_at) VALUES ('gone', '{}', $1, $1)",
            t.clock.now()
        )?;
        tx.commit().await?;
        for attempt in 1..TRIES {
            assert_eq!(run_due(&app).await?, 1, "try {attempt}");
            assert_eq!(run_due(&app).await?, 0, "not at once again");
            t.clock.advance(pause(attempt));
        }
        assert_eq!(stuck(&mut *t.db.begin().await?).await?[0].failed_at, None);
        assert_eq!(run_due(&app).await?, 1);
        let failed = stuck(&mut *t.db.begin().await?).await?;
        assert_eq!(failed[0].failed_at, Some(t.clock.now()));
        assert_eq!(failed[0].last_error.as_deref(), Some("this version does not know this kind of job"));
        t.clock.advance(24 * HOUR);
        assert_eq!(run_due(&app).await?, 0);
        let mut tx = t.db.begin().await?;
        assert!(retry(&mut tx, failed[0].id, t.clock.now()).await?);
        assert!(!retry(&mut tx, failed[0].id + 1, t.clock.now()).await?);
        tx.commit().await?;
        assert_eq!(run_due(&app).await?, 1, "the desk asked for another try");
        Ok(())
    }
);

db_test!(
    async fn a_job_that_panics_is_tried_again_and_nothing_of_what_it_said_is_kept(t: TestDb) {
        let app = t.app().await?;
        wanted(&t, &Job::SendMail { mail_id: 404 }).await?;
        let recorder = PrometheusBuilder::new().build_recorder();
        {
            let _counting = metrics::set_default_local_recorder(&recorder);
            let panics = run_next_by(&app, |_, _| async { panic!("{} cannot be cut", "aoi@example.com") });
            assert!(panics.await?, "whoever runs jobs lives on");
        }
        let counted = recorder.handle().render();
        assert!(counted.contains("kotae_job_failures_total{kind=\"send_mail\"} 1"), "{counted}");
        let failed = stuck(&mut *t.db.begin().await?).await?;
        assert_eq!((failed[0].attempts, failed[0].failed_at), (1, None));
        assert_eq!(failed[0].run_at, t.clock.now() + pause(1));
        assert_eq!(failed[0].last_error.as_deref(), Some("it panicked; the log tells where"));
        t.clock.advance(pause(1));
        assert_eq!(run_due(&app).await?, 1, "another try");
        assert_eq!(jobs(&t.db).await?, 0);
        Ok(())
    }
);

db_test!(
    async fn a_job_that_always_panics_is_given_up_and_a_periodic_one_never(t: TestDb) {
        let app = t.app().await?;
        wanted(&t, &Job::SendMail { mail_id: 404 }).await?;
        wanted(&t, &Job::LearnPhrases {}).await?;
        for _ in 0..2 * TRIES {
            while run_next_by(&app, |_, _| async { panic!("always") }).await? {}
            t.clock.advance(6 * HOUR);
        }
        let failed = stuck(&mut *t.db.begin().await?).await?;
        let fate: Vec<_> = failed.iter().map(|job| (job.kind.as_str(), job.failed_at.is_some())).collect();
        assert_eq!(fate, [("send_mail", true), ("learn_phrases", false)]);
        Ok(())
    }
);

db_test!(
    async fn a_periodic_job_comes_back_after_its_period(t: TestDb) {
        let app = t.app().await?;
        wanted(&t, &Job::CleanUp {}).await?;
        for _ in 0..3 {
            assert_eq!(run_due(&app).await?, 1);
            assert_eq!(run_due(&app).await?, 0);
            t.clock.advance(HOUR);
        }
        let rows = all!(t.db.read().await?, (String, i64), "SELECT kind, attempts FROM job")?;
        assert_eq!(rows, [("clean_up".to_owned(), 0)]);
        Ok(())
    }
);

db_test!(
    async fn a_job_that_is_wanted_while_it_is_in_hand_comes_back_for_it(t: TestDb) {
        let app = t.app().await?;
        let job = Job::CleanUp {};
        wanted(&t, &job).await?;
        let wish = |after: i64| {
            let (app, job) = (app.clone(), job.clone());
            async move {
                let mut tx = app.db.begin().await?;
                hasten(&mut tx, &job, app.clock.now() + after).await?;
                tx.commit().await
            }
        };
        let wished = run_next_by(&app, |_, _| async {
            // The earliest of them counts.
            for after in [MINUTE, SECOND, MINUTE] {
                wish(after).await?;
            }
            Ok(())
        });
        assert!(wished.await?);
        assert_eq!(run_due(&app).await?, 0, "not before its time");
        t.clock.advance(SECOND);
        assert_eq!(run_due(&app).await?, 1, "the wish was not lost");
        assert_eq!(run_due(&app).await?, 0);
        // At once, and by whoever waited for it; a wish for later than the period changes nothing.
        wish(0).await?;
        assert!(run_next_by(&app, |_, _| async { Ok(wish(0).await?) }).await?);
        assert!(run_next_by(&app, |_, _| async { Ok(wish(2 * HOUR).await?) }).await?);
        assert_eq!(run_due(&app).await?, 0);
        t.clock.advance(HOUR);
        assert_eq!(run_due(&app).await?, 1);
        // One that fails is tried again after its pause, for the wish as well.
        wish(0).await?;
        let failed = run_next_by(&app, |_, _| async {
            wish(0).await?;
            Err(JobError::Retry("not now".to_owned()))
        });
        assert!(failed.await?);
        assert_eq!(run_due(&app).await?, 0);
        t.clock.advance(pause(1));
        assert_eq!(run_due(&app).await?, 1);
        assert_eq!(run_due(&app).await?, 0, "the wish is met");
        Ok(())
    }
);

db_test!(
    async fn the_worker_does_what_is_rung_for_and_stops_when_asked(t: TestDb) {
        let app = t.app().await?;
        let worker = crate::jobs::Worker::start(&app);
        wanted(&t, &Job::SendMail { mail_id: 404 }).await?;
        app.work.notify_one();
        // Only the periodic jobs are left once it has run.
        for _ in 0..200 {
            let left = value!(t.db.read().await?, i64, "SELECT COUNT(*) FROM job WHERE kind = 'send_mail'")?;
            if left == 0 {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        let periodic = i64::try_from(Job::PERIODIC.len())?;
        assert_eq!(jobs(&t.db).await?, periodic);
        app.stop.request();
        worker.finish(std::time::Duration::from_secs(5)).await;
        wanted(&t, &Job::SendMail { mail_id: 405 }).await?;
        app.work.notify_one();
        assert_eq!(jobs(&t.db).await?, periodic + 1, "nobody works any more");
        Ok(())
    }
);

#[test]
fn the_tries_are_spread_over_about_a_day() {
    let total: i64 = (1..TRIES).map(pause).sum();
    assert!((20 * HOUR..30 * HOUR).contains(&total), "{} h", total / HOUR);
    assert_eq!(pause(1), 5 * SECOND);
    assert_eq!(pause(1000), 6 * HOUR);
}
