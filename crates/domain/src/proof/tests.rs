use super::*;
use proptest::prelude::*;

const fn op(n: i64) -> OpHead<'static> {
    OpHead {
        replica: ReplicaId(Uuid::from_u128(1)),
        n,
        op_id: OpId(Uuid::from_u128(2)),
        at: 1_700_000_000_000,
        actor: PersonId(Uuid::from_u128(3)),
        device: Some(DeviceId(Uuid::from_u128(4))),
        origin: "person",
        action: "issue.edit",
        undoes: None,
        seen: None,
    }
}

fn proof() -> Proof {
    let digest = value_digest(&Salt([7; 16]), "\"一\"", "\"二\"");
    Proof {
        speaks_of: vec![Uuid::from_u128(9)],
        fields: vec![("title".into(), digest)],
    }
}

fn head_of(op: &OpHead<'_>, proof: &[u8]) -> Digest {
    let mut sealing = Sealing::new(&NO_HEAD, op);
    sealing.touch(&TouchHead {
        entity: "issue",
        entity_id: Uuid::from_u128(5),
        created: false,
        proof,
    });
    sealing.head()
}

/// These bytes are signed and compared by machines of other versions: they never change.
#[test]
fn the_bytes_of_the_first_encoding_stay_what_they_are() {
    let proof = proof().to_bytes();
    assert_eq!(
        format!("{:?}", head_of(&op(1), &proof)),
        "e451030f6e915dc78b419230ba198a01d1933205e079802cb890d11e260d83fd"
    );
    assert_eq!(
        format!("{:?}", value_digest(&Salt([7; 16]), "null", "\"王先生\"")),
        "6509f6f59fc350f17b8377d2d6cd0bd952760a819cb10f0a4e6143fb2e5e3acd"
    );
}

#[test]
fn whatever_is_said_of_an_operation_stands_in_its_head() {
    let bytes = proof().to_bytes();
    let all = [
        op(1),
        op(2),
        OpHead {
            replica: ReplicaId(Uuid::nil()),
            ..op(1)
        },
        OpHead {
            op_id: OpId(Uuid::nil()),
            ..op(1)
        },
        OpHead { at: 0, ..op(1) },
        OpHead {
            actor: PersonId(Uuid::nil()),
            ..op(1)
        },
        OpHead {
            device: None,
            ..op(1)
        },
        OpHead {
            device: Some(DeviceId(Uuid::nil())),
            ..op(1)
        },
        OpHead {
            origin: "personissue",
            action: ".edit",
            ..op(1)
        },
        OpHead {
            action: "issue.edi",
            ..op(1)
        },
        OpHead {
            undoes: Some(OpId(Uuid::nil())),
            ..op(1)
        },
        OpHead {
            seen: Some(NO_HEAD),
            ..op(1)
        },
    ];
    let mut heads: Vec<_> = all.iter().map(|op| head_of(op, &bytes)).collect();
    let touch = TouchHead {
        entity: "issue",
        entity_id: Uuid::from_u128(5),
        created: false,
        proof: &bytes,
    };
    for touches in [
        vec![],
        vec![TouchHead {
            entity: "comment",
            ..touch.clone()
        }],
        vec![TouchHead {
            entity_id: Uuid::nil(),
            ..touch.clone()
        }],
        vec![TouchHead {
            created: true,
            ..touch.clone()
        }],
        vec![TouchHead {
            proof: &[],
            ..touch.clone()
        }],
        vec![touch.clone(), touch.clone()],
    ] {
        let mut sealing = Sealing::new(&NO_HEAD, &op(1));
        touches.iter().for_each(|touch| sealing.touch(touch));
        heads.push(sealing.head());
    }
    heads.push(Sealing::new(&Digest([1; 32]), &op(1)).head());
    let count = heads.len();
    heads.sort_by_key(|head| head.0);
    heads.dedup();
    assert_eq!(heads.len(), count, "two operations have one head");
}

#[test]
fn a_digest_says_which_value_stood_before_and_which_after() {
    let salt = Salt([1; 16]);
    let digests = [
        value_digest(&salt, "1", "23"),
        value_digest(&salt, "12", "3"),
        value_digest(&salt, "23", "1"),
        value_digest(&Salt([2; 16]), "1", "23"),
    ];
    for (n, digest) in digests.iter().enumerate() {
        assert!(!digests[n + 1..].contains(digest));
    }
}

proptest! {
    #[test]
    fn a_proof_comes_back_from_its_bytes(
        ids in prop::collection::vec(any::<u128>(), 0..4),
        fields in prop::collection::vec(("[a-z_]{1,20}", any::<[u8; 32]>()), 0..6),
    ) {
        let proof = Proof {
            speaks_of: ids.into_iter().map(Uuid::from_u128).collect(),
            fields: fields.into_iter().map(|(name, d)| (name, Digest(d))).collect(),
        };
        prop_assert_eq!(Proof::from_bytes(&proof.to_bytes()), Some(proof));
    }

    #[test]
    fn bytes_that_are_no_proof_are_none(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Some(proof) = Proof::from_bytes(&bytes) {
            prop_assert_eq!(proof.to_bytes(), bytes);
        }
    }
}
