using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Tests.Sdk;

/// <summary>What differs between what is saved and what was typed, as the person who decides reads it.</summary>
public sealed class DifferenceTests
{
    public sealed class Form
    {
        public int Version { get; set; }
        public string? Name { get; set; }
        public bool Active { get; set; }
        public DateOnly? On { get; set; }
        public TimeOnly? At { get; set; }
        public decimal? Fee { get; set; }
        public string[] Roles { get; set; } = [];
        public IFormFile? File { get; set; }

        [HiddenInput]
        public Guid? Chosen { get; set; }
        public string Computed => $"{Name} {Version}";
    }

    [Fact]
    public void Every_kind_of_field_is_compared_in_the_order_of_the_form()
    {
        var saved = new Form { Version = 2, Name = "Ana", On = new(2026, 1, 5), Fee = 30m, Roles = ["nurse"], Chosen = Guid.NewGuid() };
        var typed = new Form { Version = 1, Name = "Anna", Active = true, At = new(9, 30), Fee = 30.00m, Roles = ["nurse", "biller"] };

        Assert.Equal(
            [
                new("Name", "Ana", "Anna"), new("Active", "false", "true"), new("On", "01/05/2026", null), new("At", null, "9:30 am"),
                new("Roles", "nurse", "nurse, biller"),
            ],
            Difference.Between(saved, typed));
    }

    [Fact]
    public void White_space_and_an_empty_text_are_no_difference()
    {
        Assert.Empty(Difference.Between(new Form { Name = null }, new Form { Name = "  " }));
        Assert.Empty(Difference.Between(new Form { Name = "Ana  Ruiz" }, new Form { Name = " Ana Ruiz" }));
    }
}
