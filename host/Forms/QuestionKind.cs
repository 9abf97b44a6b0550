using System.ComponentModel.DataAnnotations;

namespace Modular.Host.Forms;

/// <summary>How a question is answered.</summary>
public enum QuestionKind
{
    Text,
    LongText,
    Number,
    Date,

    [Display(Name = "One of several")]
    Choice,

    [Display(Name = "Any of several")]
    Many,

    [Display(Name = "Yes or no")]
    YesNo,
    Scale,
    Table,
    Signature,
}
