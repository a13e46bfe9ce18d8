import theme from "vitepress/theme";
import "./looks.css";

export default theme;
