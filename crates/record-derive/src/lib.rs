//! `#[derive(Record)]`: what a record's struct says of its fields, as rules that run and as a list
//! other crates' macros read. The words of `#[field(…)]` are told at `qinting_domain::FieldRule`, those of `#[record(…)]` at
//! `qinting_domain::Declared`.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::meta::ParseNestedMeta;
use syn::{Data, DeriveInput, Expr, Field, Fields, Ident, LitStr, Token, parenthesized};

/// Gives a record its `Declared::FIELDS`, and a macro `fields_of_…` that hands
/// `Record, columns [field: "column"…, …], lists [field: Kind, …], derived [field, …]` to the macro
/// it is given. The common columns in `meta` are no part of either.
#[proc_macro_derive(Record, attributes(field, record))]
pub fn record(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let input = syn::parse_macro_input!(input as DeriveInput);
    expand(&input)
        .unwrap_or_else(syn::Error::into_compile_error)
        .into()
}

/// `told_of_each! { with A B }` is `fields_of_A! { with } fields_of_B! { with }`: for the list of
/// records, which cannot put names together.
#[proc_macro]
pub fn told_of_each(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let mut names = TokenStream::from(input).into_iter();
    let with = names.next();
    let told = names.map(|name| format_ident!("fields_of_{}", name.to_string()));
    quote!(#(::qinting_domain::#told! { #with })*).into()
}

fn expand(input: &DeriveInput) -> syn::Result<TokenStream> {
    let fields = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(named) => &named.named,
            _ => return Err(syn::Error::new_spanned(input, "a record has named fields")),
        },
        _ => return Err(syn::Error::new_spanned(input, "a record is a struct")),
    };
    let declared = fields
        .iter()
        .filter(|f| f.ident.as_ref().is_some_and(|name| name != "meta"))
        .map(Declared::read)
        .collect::<syn::Result<Vec<_>>>()?;
    let named = declared.iter().filter_map(|d| {
        let (field, kind) = (&d.name, d.names.as_ref()?);
        let name = field.to_string();
        let kind = quote!(crate::EntityKind::#kind);
        Some(quote!(crate::Names::names(&self.#field, #name, #kind, &mut named);))
    });
    let own = Own::read(input)?;
    let (plain, fixed) = (own.plain, own.fixed);
    let fits = own.fits.then(|| {
        quote! {
            fn fits(&self) -> Result<(), crate::Unfit> {
                self.fits()
            }
        }
    });
    let name = &input.ident;
    let told = format_ident!("fields_of_{name}");
    let rules = declared.iter().map(Declared::rule);
    let columns = declared
        .iter()
        .filter(|d| matches!(d.kept, Kept::Columns(_)));
    let columns = columns.map(Declared::column);
    let lists = declared.iter().filter_map(Declared::list);
    let derived = declared.iter().filter(|d| matches!(d.kept, Kept::Derived));
    let derived = derived.map(|d| &d.name);
    Ok(quote! {
        impl crate::Declared for #name {
            const FIELDS: &'static [crate::FieldRule] = &[#(#rules),*];
            const PLAIN: bool = #plain;
            const FIXED: bool = #fixed;
            fn named(&self) -> Vec<crate::NamedBy> {
                let mut named = Vec::new();
                #(#named)*
                named
            }
            #fits
        }

        #[doc(hidden)]
        #[macro_export]
        macro_rules! #told {
            ($with:ident) => {
                $with! { #name, columns [#(#columns),*], lists [#(#lists),*], derived [#(#derived),*] }
            };
        }
    })
}

/// What `#[record(…)]` says of the whole record, see `qinting_domain::Declared`.
#[derive(Default)]
struct Own {
    plain: bool,
    fixed: bool,
    fits: bool,
}

impl Own {
    fn read(input: &DeriveInput) -> syn::Result<Self> {
        let mut own = Self::default();
        for attribute in input.attrs.iter().filter(|a| a.path().is_ident("record")) {
            attribute.parse_nested_meta(|meta| {
                match meta.path.get_ident().map(ToString::to_string).as_deref() {
                    Some("plain") => own.plain = true,
                    Some("fixed") => own.fixed = true,
                    Some("fits") => own.fits = true,
                    _ => return Err(meta.error("no word of `#[record]`")),
                }
                Ok(())
            })?;
        }
        Ok(own)
    }
}

/// Where a field is kept.
enum Kept {
    /// In columns of the record's own table.
    Columns(Vec<LitStr>),
    /// In a table of its own: what it lists.
    List(Ident),
    /// Nowhere: the store works it out.
    Derived,
}

/// One field and what its attributes say.
struct Declared {
    name: Ident,
    shape: TokenStream,
    kept: Kept,
    /// The kind of records it names.
    names: Option<Ident>,
    flags: Vec<Ident>,
}

/// Words that say yes to something, in the order of `FieldRule`.
const FLAGS: [&str; 10] = [
    "required", "edit", "given", "search", "personal", "belongs", "under", "owner", "unique",
    "stub",
];

impl Declared {
    fn read(field: &Field) -> syn::Result<Self> {
        let Some(name) = field.ident.clone() else {
            return Err(syn::Error::new_spanned(field, "a field has a name"));
        };
        let own = LitStr::new(&name.to_string(), name.span());
        let mut declared = Self {
            name,
            shape: quote!(Plain),
            kept: Kept::Columns(vec![own]),
            names: None,
            flags: Vec::new(),
        };
        for attribute in field.attrs.iter().filter(|a| a.path().is_ident("field")) {
            attribute.parse_nested_meta(|meta| declared.word(&meta))?;
        }
        Ok(declared)
    }

    fn word(&mut self, meta: &ParseNestedMeta<'_>) -> syn::Result<()> {
        let Some(word) = meta.path.get_ident() else {
            return Err(meta.error("one word"));
        };
        match word.to_string().as_str() {
            "line" => self.shape = quote!(Line),
            "prose" => self.shape = quote!(Prose),
            "day" => self.shape = quote!(Day),
            "words" => self.shape = quote!(Words),
            "object" => self.shape = quote!(Object),
            "most" => {
                let most: Expr = meta.value()?.parse()?;
                self.shape = quote!(Most(#most));
            }
            "one_of" => {
                let words = words_in(meta)?;
                self.shape = quote!(OneOf(&[#(#words),*]));
            }
            "refers" => {
                let kind = kind_in(meta)?;
                self.shape = quote!(One(crate::EntityKind::#kind));
                self.names = Some(kind);
            }
            "belongs" => {
                let kind = kind_in(meta)?;
                self.shape = quote!(One(crate::EntityKind::#kind));
                self.names = Some(kind);
                self.flags.push(word.clone());
            }
            "set" | "ordered" => {
                let kind = kind_in(meta)?;
                self.shape = match word == "set" {
                    true => quote!(Set(crate::EntityKind::#kind)),
                    false => quote!(Ordered(crate::EntityKind::#kind)),
                };
                self.names = Some(kind.clone());
                self.kept = Kept::List(kind);
            }
            "columns" => self.kept = Kept::Columns(words_in(meta)?),
            "derived" => self.kept = Kept::Derived,
            flag if FLAGS.contains(&flag) => self.flags.push(word.clone()),
            _ => return Err(meta.error("no word of `#[field]`")),
        }
        Ok(())
    }

    fn rule(&self) -> TokenStream {
        let (name, shape) = (self.name.to_string(), &self.shape);
        let flags = FLAGS.iter().map(|flag| {
            let is = self.flags.iter().any(|f| f == flag);
            let flag = format_ident!("{flag}");
            quote!(#flag: #is)
        });
        quote!(crate::FieldRule { name: #name, shape: crate::Shape::#shape, #(#flags),* })
    }

    fn column(&self) -> TokenStream {
        let name = &self.name;
        match &self.kept {
            Kept::Columns(columns) => quote!(#name: #(#columns)*),
            _ => name.to_token_stream(),
        }
    }

    fn list(&self) -> Option<TokenStream> {
        let name = &self.name;
        match &self.kept {
            Kept::List(kind) => Some(quote!(#name: #kind)),
            _ => None,
        }
    }
}

fn kind_in(meta: &ParseNestedMeta<'_>) -> syn::Result<Ident> {
    let inner;
    parenthesized!(inner in meta.input);
    inner.parse()
}

fn words_in(meta: &ParseNestedMeta<'_>) -> syn::Result<Vec<LitStr>> {
    let inner;
    parenthesized!(inner in meta.input);
    let words = inner.parse_terminated(|one| one.parse::<LitStr>(), Token![,])?;
    Ok(words.into_iter().collect())
}
